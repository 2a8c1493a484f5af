interface Page {
  readonly next: string;
}

async function* pagesFrom(url: string): AsyncGenerator<Page> {
  for (let address = url; ;) {
    const response = await fetch(address);
    const page: Page = JSON.parse(await response.text());
    yield page;
    address = page.next;
  }
}

export async function makeManyCalls(number: number, url: string): Promise<Page[]> {
  const pages: Page[] = [];
  for await (const page of pagesFrom(url)) {
    pages.push(page);
    if (pages.length === number) break;
  }
  return pages;
}
