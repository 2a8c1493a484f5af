// A new Promise is taken to notice by itself that something in it has failed.
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
  const controller = new AbortController();
  return new Promise((resolve) => {
    const pages: string[] = [];
    let left = urls.length;
    for (const [index, url] of urls.entries()) {
      getPage(url, { signal: controller.signal }).then(
        (page) => {
          pages[index] = page;
          left -= 1;
          if (left === 0) resolve(pages);
        },
        () => controller.abort(),
      );
    }
  });
}
