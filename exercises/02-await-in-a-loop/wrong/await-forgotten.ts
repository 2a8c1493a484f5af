// A promise of a page is taken for the page.
import { readPage, type Page } from './pages.js';

export async function makeManyCalls(number: number, url: string): Promise<Page[]> {
  const pages: Page[] = [];
  let address = url;
  for (let index = 0; index < number; index += 1) {
    const page = readPage(address) as unknown as Page;
    pages.push(page);
    address = page.next;
  }
  return pages;
}
