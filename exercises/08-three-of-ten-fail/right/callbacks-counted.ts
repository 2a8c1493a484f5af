type GetPage = (url: string, options?: { readonly signal?: AbortSignal }) => Promise<string>;

interface Pages {
  readonly pages: string[];
  readonly failures: { readonly url: string; readonly reason: unknown }[];
}

export function getWhatComes(urls: readonly string[], getPage: GetPage): Promise<Pages> {
  return new Promise((resolve) => {
    const pages: (string | undefined)[] = [];
    const reasons: unknown[] = [];
    let left = urls.length;
    const end = (): void => {
      left -= 1;
      if (left > 0) return;
      resolve({
        pages: pages.filter((page) => page !== undefined),
        failures: urls
          .map((url, index) => ({ url, reason: reasons[index] }))
          .filter(({ reason }) => reason !== undefined),
      });
    };
    for (const [index, url] of urls.entries()) {
      getPage(url)
        .then((page) => (pages[index] = page))
        .catch((error: unknown) => (reasons[index] = error))
        .finally(end);
    }
  });
}

export function getAllOrStop(urls: readonly string[], getPage: GetPage): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const controller = new AbortController();
    const pages: string[] = [];
    let left = urls.length;
    for (const [index, url] of urls.entries()) {
      getPage(url, { signal: controller.signal }).then(
        (page) => {
          pages[index] = page;
          left -= 1;
          if (left === 0) resolve(pages);
        },
        (error: unknown) => {
          reject(error);
          controller.abort();
        },
      );
    }
  });
}
