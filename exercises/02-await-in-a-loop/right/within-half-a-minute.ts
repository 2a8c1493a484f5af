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
  let address = url;
  for (let index = 0; index < number; index += 1) {
    const page = await withinASecond(readPage(address));
    pages.push(page);
    address = page.next;
  }
  return pages;
}

async function withinASecond<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(reject, 30_000, new Error('the server takes more than half a minute'));
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
