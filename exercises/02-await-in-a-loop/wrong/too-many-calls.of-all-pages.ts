// All pages there are have to be read to get some of them.
import { readPage, type Page } from './pages.js';

export async function makeManyCalls(number: number, url: string): Promise<Page[]> {
  const pages: Page[] = [];
  let address = url;
  for (let index = 0; index < 25; index += 1) {
    const page = await readPage(address);
    pages.push(page);
    address = page.next;
  }
  return pages.slice(0, number);
}
