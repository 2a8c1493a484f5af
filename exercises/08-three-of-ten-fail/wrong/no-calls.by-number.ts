// The place of a url in the list is taken for the url.
type GetPage = (url: string, options?: { readonly signal?: AbortSignal }) => Promise<string>;

interface Pages {
  readonly pages: string[];
  readonly failures: { readonly url: string; readonly reason: unknown }[];
}

export async function getWhatComes(urls: readonly string[], getPage: GetPage): Promise<Pages> {
  const results = await Promise.allSettled(Object.keys(urls).map((place) => getPage(place)));
  const got: Pages = { pages: [], failures: [] };
  for (const [index, result] of results.entries()) {
    if (result.status === 'fulfilled') got.pages.push(result.value);
    else got.failures.push({ url: urls[index] ?? '', reason: result.reason });
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
