// Calls are taken to end in the order in which they began.
type GetPage = (url: string, options?: { readonly signal?: AbortSignal }) => Promise<string>;

interface Pages {
  readonly pages: string[];
  readonly failures: { readonly url: string; readonly reason: unknown }[];
}

export async function getWhatComes(urls: readonly string[], getPage: GetPage): Promise<Pages> {
  const got: Pages = { pages: [], failures: [] };
  await Promise.all(
    urls.map(async (url) => {
      try {
        got.pages.push(await getPage(url));
      } catch (reason) {
        got.failures.push({ url, reason });
      }
    }),
  );
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
