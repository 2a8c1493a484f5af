// forEach is taken to wait for an async function.
import { readPage, type Page } from './pages.js';

export async function makeManyCalls(number: number, url: string): Promise<Page[]> {
  const pages: Page[] = [];
  let address = url;
  Array.from({ length: number }).forEach(async () => {
    const page = await readPage(address);
    pages.push(page);
    address = page.next;
  });
  return pages;
}
