// Waiting until all have ended, and then looking for a failure, is taken for stopping.
type GetPage = (url: string, options?: { readonly signal?: AbortSignal }) => Promise<string>;

interface Pages {
  readonly pages: string[];
  readonly failures: { readonly url: string; readonly reason: unknown }[];
}

export async function getWhatComes(urls: readonly string[], getPage: GetPage): Promise<Pages> {
  const results = await Promise.allSettled(urls.map((url) => getPage(url)));
  const got: Pages = { pages: [], failures: [] };
  for (const [index, result] of results.entries()) {
    if (result.status === 'fulfilled') got.pages.push(result.value);
    else got.failures.push({ url: urls[index] ?? '', reason: result.reason });
  }
  return got;
}

export async function getAllOrStop(urls: readonly string[], getPage: GetPage): Promise<string[]> {
  const results = await Promise.allSettled(urls.map((url) => getPage(url)));
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}
