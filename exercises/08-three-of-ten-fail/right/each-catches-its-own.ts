type GetPage = (url: string, options?: { readonly signal?: AbortSignal }) => Promise<string>;

interface Pages {
  readonly pages: string[];
  readonly failures: { readonly url: string; readonly reason: unknown }[];
}

export async function getWhatComes(urls: readonly string[], getPage: GetPage): Promise<Pages> {
  const each = urls.map(async (url) => {
    try {
      return { url, page: await getPage(url) };
    } catch (reason) {
      return { url, reason };
    }
  });
  const pages: string[] = [];
  const failures: Pages['failures'] = [];
  for (const one of await Promise.all(each)) {
    if ('page' in one) pages.push(one.page);
    else failures.push(one);
  }
  return { pages, failures };
}

export async function getAllOrStop(urls: readonly string[], getPage: GetPage): Promise<string[]> {
  const controller = new AbortController();
  return Promise.all(
    urls.map(async (url) => {
      try {
        return await getPage(url, { signal: controller.signal });
      } catch (error) {
        controller.abort();
        throw error;
      }
    }),
  );
}
