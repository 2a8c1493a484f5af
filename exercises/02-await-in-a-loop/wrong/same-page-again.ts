// Each round of a loop is taken to know where the one before got to.
import { readPage, type Page } from './pages.js';

export async function makeManyCalls(number: number, url: string): Promise<Page[]> {
  const pages: Page[] = [];
  for (let index = 0; index < number; index += 1) {
    pages.push(await readPage(url));
  }
  return pages;
}
