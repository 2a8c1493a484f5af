interface Page {
  readonly next: string;
}

export function makeManyCalls(number: number, url: string): Promise<readonly Page[]> {
  if (number === 0) return Promise.resolve([]);
  return fetch(url)
    .then((response) => response.text())
    .then((text) => {
      const page: Page = JSON.parse(text);
      return makeManyCalls(number - 1, page.next).then((pages) => [page, ...pages]);
    });
}
