/** Gets one page, as fetch does: it rejects when that fails, and when `signal` is fired before it is through. */
export type GetPage = (url: string, options?: { readonly signal?: AbortSignal }) => Promise<string>;

/** What came of many calls. */
export interface Pages {
  readonly pages: string[];
  readonly failures: { readonly url: string; readonly reason: unknown }[];
}

/** Gets all pages, all in flight together, whatever fails. */
export async function getWhatComes(urls: readonly string[], getPage: GetPage): Promise<Pages> {
  const results = await Promise.allSettled(urls.map((url) => getPage(url)));
  const got: Pages = { pages: [], failures: [] };
  for (const [index, result] of results.entries()) {
    if (result.status === 'fulfilled') got.pages.push(result.value);
    else got.failures.push({ url: urls[index] ?? '', reason: result.reason });
  }
  return got;
}

/** Gets all pages, all in flight together; at the first failure it stops the others. */
export async function getAllOrStop(urls: readonly string[], getPage: GetPage): Promise<string[]> {
  // One controller for each call of this function: a signal that was fired once stays so.
  const controller = new AbortController();
  const { signal } = controller;
  try {
    return await Promise.all(urls.map((url) => getPage(url, { signal })));
  } catch (error) {
    // Promise.all has told us of the first failure, and has stopped nothing.
    controller.abort();
    throw error;
  }
}
