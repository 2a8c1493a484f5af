// Having given way to others some times is taken to be polite enough.
import { readPage, readPageBlocking, type Page } from './pages.js';

export async function makeManyCalls(number: number, url: string): Promise<Page[]> {
  const pages: Page[] = [];
  let address = url;
  for (let index = 0; index < number; index += 1) {
    const page = index < 3 ? await readPage(address) : readPageBlocking(address);
    pages.push(page);
    address = page.next;
  }
  return pages;
}
