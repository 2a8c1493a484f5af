type GetPage = (url: string, options?: { readonly signal?: AbortSignal }) => Promise<string>;

interface Pages {
  readonly pages: string[];
  readonly failures: { readonly url: string; readonly reason: unknown }[];
}

export async function getWhatComes(urls: readonly string[], getPage: GetPage): Promise<Pages> {
  const results = await Promise.allSettled(urls.map((url) => getPage(url)));
  return {
    pages: results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])),
    failures: results.flatMap((result, index) =>
      result.status === 'rejected'
        ? [{ url: String(urls[index]), reason: String(result.reason) }]
        : [],
    ),
  };
}

export async function getAllOrStop(urls: readonly string[], getPage: GetPage): Promise<string[]> {
  const controller = new AbortController();
  const calls = urls.map((url) => getPage(url, { signal: controller.signal }));
  try {
    return await Promise.all(calls);
  } catch (error) {
    controller.abort(error);
    await Promise.allSettled(calls);
    throw error;
  }
}
