// A catch around Promise.all is taken to come when all are through; it comes with the first failure.
type GetPage = (url: string, options?: { readonly signal?: AbortSignal }) => Promise<string>;

interface Pages {
  readonly pages: string[];
  readonly failures: { readonly url: string; readonly reason: unknown }[];
}

export async function getWhatComes(urls: readonly string[], getPage: GetPage): Promise<Pages> {
  try {
    return { pages: await Promise.all(urls.map((url) => getPage(url))), failures: [] };
  } catch (reason) {
    return { pages: [], failures: [{ url: urls[0] ?? '', reason }] };
  }
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
