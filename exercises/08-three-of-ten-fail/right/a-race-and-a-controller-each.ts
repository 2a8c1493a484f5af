type GetPage = (url: string, options?: { readonly signal?: AbortSignal }) => Promise<string>;

interface Pages {
  readonly pages: string[];
  readonly failures: { readonly url: string; readonly reason: unknown }[];
}

export async function getWhatComes(urls: readonly string[], getPage: GetPage): Promise<Pages> {
  const pages: string[] = [];
  const failures: Pages['failures'] = [];
  const calls = urls.map((url) => getPage(url));
  await Promise.allSettled(calls);
  for (const [index, call] of calls.entries()) {
    try {
      pages.push(await call);
    } catch (reason) {
      failures.push({ url: String(urls[index]), reason });
    }
  }
  return { pages, failures };
}

export async function getAllOrStop(urls: readonly string[], getPage: GetPage): Promise<string[]> {
  const controllers: AbortController[] = [];
  const under = new Map(
    urls.map((url, index) => {
      const controller = new AbortController();
      controllers.push(controller);
      const call = getPage(url, { signal: controller.signal }).then(
        (page) => ({ index, page }),
        (error: unknown) => ({ index, error }),
      );
      return [index, call];
    }),
  );
  const pages: string[] = [];
  while (under.size > 0) {
    const ended = await Promise.race(under.values());
    under.delete(ended.index);
    if ('error' in ended) {
      for (const controller of controllers) controller.abort();
      throw ended.error;
    }
    pages[ended.index] = ended.page;
  }
  return pages;
}
