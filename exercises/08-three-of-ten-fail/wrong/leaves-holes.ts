// A call that failed is taken to have an answer like any other, `undefined`.
type GetPage = (url: string, options?: { readonly signal?: AbortSignal }) => Promise<string>;

interface Pages {
  readonly pages: string[];
  readonly failures: { readonly url: string; readonly reason: unknown }[];
}

export async function getWhatComes(urls: readonly string[], getPage: GetPage): Promise<Pages> {
  const failures: Pages['failures'] = [];
  const pages = await Promise.all(
    urls.map((url) =>
      getPage(url).catch((reason: unknown) => {
        failures.push({ url, reason });
        return undefined;
      }),
    ),
  );
  return { pages: pages as string[], failures };
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
