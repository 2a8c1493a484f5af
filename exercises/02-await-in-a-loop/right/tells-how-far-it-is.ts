interface Page {
  readonly next: string;
}

async function readPage(address: string): Promise<Page> {
  const response = await fetch(address);
  const page: Page = JSON.parse(await response.text());
  return page;
}

export async function makeManyCalls(number: number, url: string): Promise<Page[]> {
  const pages: Page[] = [];
  const progress = setInterval(() => console.log(`${pages.length} of ${number} pages`), 50);
  try {
    let address = url;
    for (let index = 0; index < number; index += 1) {
      const page = await readPage(address);
      pages.push(page);
      address = page.next;
    }
  } finally {
    clearInterval(progress);
  }
  return pages;
}
