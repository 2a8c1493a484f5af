// The word async is taken to make a blocking call asynchronous.
import { readPageBlocking, type Page } from './pages.js';

export async function makeManyCalls(number: number, url: string): Promise<Page[]> {
  const pages: Page[] = [];
  let address = url;
  for (let index = 0; index < number; index += 1) {
    const page = await readPageBlocking(address);
    pages.push(page);
    address = page.next;
  }
  return pages;
}
