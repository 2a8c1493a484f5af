// A promise that will be awaited in a try is taken to be looked after by then; it may be rejected while another is awaited.
type GetPage = (url: string, options?: { readonly signal?: AbortSignal }) => Promise<string>;

interface Pages {
  readonly pages: string[];
  readonly failures: { readonly url: string; readonly reason: unknown }[];
}

export async function getWhatComes(urls: readonly string[], getPage: GetPage): Promise<Pages> {
  const got: Pages = { pages: [], failures: [] };
  const calls = urls.map((url) => getPage(url));
  for (const [index, call] of calls.entries()) {
    try {
      got.pages.push(await call);
    } catch (reason) {
      got.failures.push({ url: urls[index] ?? '', reason });
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
