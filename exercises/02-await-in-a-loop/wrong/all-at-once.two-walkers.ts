// Two walks over the same pages are taken to get there sooner than one.
import { readPage, type Page } from './pages.js';

export async function makeManyCalls(number: number, url: string): Promise<Page[]> {
  return Promise.race([walk(number, url), walk(number, url)]);
}

async function walk(number: number, url: string): Promise<Page[]> {
  const pages: Page[] = [];
  let address = url;
  for (let index = 0; index < number; index += 1) {
    const page = await readPage(address);
    pages.push(page);
    address = page.next;
  }
  return pages;
}
