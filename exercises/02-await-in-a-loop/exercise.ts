import { readPage, readPageBlocking, type Page } from './pages.js';

/** As in exercise 1: reads so many pages, from the one at `url` on, while the thread is held. It is right as it is. */
export function makeManyCallsBlocking(number: number, url: string): Page[] {
  const pages: Page[] = [];
  let address = url;
  for (let index = 0; index < number; index += 1) {
    const page = readPageBlocking(address);
    pages.push(page);
    address = page.next;
  }
  return pages;
}

/** Reads so many pages, from the one at `url` on, one after another, while the thread is free for others. */
export async function makeManyCalls(number: number, url: string): Promise<Page[]> {
  const pages: Page[] = [];
  // YOUR CODE HERE: the same with readPage(address), which returns a promise of the page.
  return pages;
}
