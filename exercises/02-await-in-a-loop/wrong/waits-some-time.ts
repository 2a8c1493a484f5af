// A pause is taken to be long enough for every page.
import { setTimeout as sleep } from 'node:timers/promises';
import { readPage, type Page } from './pages.js';

export async function makeManyCalls(number: number, url: string): Promise<Page[]> {
  const pages: Page[] = [];
  let address = url;
  for (let index = 0; index < number; index += 1) {
    void readPage(address).then((page) => {
      pages.push(page);
      address = page.next;
    });
    await sleep(1000);
  }
  return pages;
}
