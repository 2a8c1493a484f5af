// That a call failed is taken to say why.
type GetPage = (url: string, options?: { readonly signal?: AbortSignal }) => Promise<string>;

interface Pages {
  readonly pages: string[];
  readonly failures: { readonly url: string; readonly reason: unknown }[];
}

export async function getWhatComes(urls: readonly string[], getPage: GetPage): Promise<Pages> {
  const pages = await Promise.all(urls.map((url) => getPage(url).catch(() => undefined)));
  return {
    pages: pages.filter((page) => page !== undefined),
    failures: urls
      .filter((_, index) => pages[index] === undefined)
      .map((url) => ({ url, reason: 'it failed' })),
  };
}

export async function getAllOrStop(urls: readonly string[], getPage: GetPage): Promise<string[]> {
  const controller = new AbortController();
  const { signal } = controller;
  try {
    return await Promise.all(urls.map((url) => getPage(url, { signal })));
  } catch (error) {
    controller.abort();
    throw error;
  }
}
