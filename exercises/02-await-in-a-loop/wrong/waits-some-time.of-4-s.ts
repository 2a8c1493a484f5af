// The longer the pause, the surer it is taken to be.
import { setTimeout as sleep } from 'node:timers/promises';
import { readPage, type Page } from './pages.js';

export async function makeManyCalls(number: number, url: string): Promise<Page[]> {
  const pages: Page[] = [];
  let address = url;
  while (pages.length < number) {
    void readPage(address).then((page) => {
      pages.push(page);
      address = page.next;
    });
    await sleep(4000);
  }
  return pages;
}
