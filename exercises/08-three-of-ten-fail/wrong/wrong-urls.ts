// After a filter, an index is taken to be still that of the whole list.
type GetPage = (url: string, options?: { readonly signal?: AbortSignal }) => Promise<string>;

interface Pages {
  readonly pages: string[];
  readonly failures: { readonly url: string; readonly reason: unknown }[];
}

export async function getWhatComes(urls: readonly string[], getPage: GetPage): Promise<Pages> {
  const results = await Promise.allSettled(urls.map((url) => getPage(url)));
  return {
    pages: results.filter((result) => result.status === 'fulfilled').map(({ value }) => value),
    failures: results
      .filter((result) => result.status === 'rejected')
      .map(({ reason }, index) => ({ url: urls[index] ?? '', reason })),
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
