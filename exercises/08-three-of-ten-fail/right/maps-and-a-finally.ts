type GetPage = (url: string, options?: { readonly signal?: AbortSignal }) => Promise<string>;

interface Pages {
  readonly pages: string[];
  readonly failures: { readonly url: string; readonly reason: unknown }[];
}

export async function getWhatComes(urls: readonly string[], getPage: GetPage): Promise<Pages> {
  const pages = new Map<string, string>();
  const reasons = new Map<string, unknown>();
  const calls: Promise<unknown>[] = [];
  for (const url of urls) {
    const call = getPage(url).then(
      (page) => pages.set(url, page),
      (reason: unknown) => reasons.set(url, reason),
    );
    calls.push(call);
  }
  for (const call of calls) await call;
  return {
    pages: urls.flatMap((url) => pages.get(url) ?? []),
    failures: urls
      .filter((url) => reasons.has(url))
      .map((url) => ({ url, reason: reasons.get(url) })),
  };
}

export async function getAllOrStop(urls: readonly string[], getPage: GetPage): Promise<string[]> {
  const controller = new AbortController();
  try {
    const { signal } = controller;
    return await Promise.all(urls.map((url) => getPage(url, { signal })));
  } finally {
    // After a good end there is nothing left to stop.
    controller.abort();
  }
}
