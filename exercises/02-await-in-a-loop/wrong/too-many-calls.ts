// The next page is fetched before it is asked whether it is wanted.
import { readPage, type Page } from './pages.js';

export async function makeManyCalls(number: number, url: string): Promise<Page[]> {
  const pages: Page[] = [];
  let page = await readPage(url);
  while (pages.length < number) {
    pages.push(page);
    page = await readPage(page.next);
  }
  return pages;
}
