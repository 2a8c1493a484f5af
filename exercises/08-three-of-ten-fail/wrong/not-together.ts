// Calls that may fail are taken to be possible only one after another, each with its try and catch.
type GetPage = (url: string, options?: { readonly signal?: AbortSignal }) => Promise<string>;

interface Pages {
  readonly pages: string[];
  readonly failures: { readonly url: string; readonly reason: unknown }[];
}

export async function getWhatComes(urls: readonly string[], getPage: GetPage): Promise<Pages> {
  const got: Pages = { pages: [], failures: [] };
  for (const url of urls) {
    try {
      got.pages.push(await getPage(url));
    } catch (reason) {
      got.failures.push({ url, reason });
    }
  }
  return got;
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
