/** Gets one page, as fetch does: it rejects when that fails, and when `signal` is fired before the page is there. */
export type GetPage = (url: string, options?: { readonly signal?: AbortSignal }) => Promise<string>;

/** What came of many calls. */
export interface Pages {
  /** The pages that came. A page may be empty, `''`; it came all the same. */
  readonly pages: string[];
  /** The calls that failed, each with the error that it was rejected with. */
  readonly failures: { readonly url: string; readonly reason: unknown }[];
}

/**
 * Gets all pages, one call for each, all in flight together, and waits until all have ended, well or not. It does not reject;
 * pages and failures are in the order of the urls.
 */
export async function getWhatComes(urls: readonly string[], getPage: GetPage): Promise<Pages> {
  // YOUR CODE HERE: one failure takes everything down. Keep the pages that come, and report each failure with its reason.
  const pages = await Promise.all(urls.map((url) => getPage(url)));
  return { pages, failures: [] };
}

/**
 * Gets all pages, one call for each, all in flight together, in the order of the urls. At the first failure it stops the calls that
 * are still in flight, and rejects with the error of that first failure.
 */
export async function getAllOrStop(urls: readonly string[], getPage: GetPage): Promise<string[]> {
  // YOUR CODE HERE: when one call fails, the others go on. Give each of them a signal that you can fire.
  return Promise.all(urls.map((url) => getPage(url)));
}
