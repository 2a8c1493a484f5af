// Who does not answer within a second is taken to have no more pages, and nobody is told.
import { setTimeout as sleep } from 'node:timers/promises';
import { readPage, type Page } from './pages.js';

export async function makeManyCalls(number: number, url: string): Promise<Page[]> {
  const pages: Page[] = [];
  let address = url;
  for (let index = 0; index < number; index += 1) {
    const page = await Promise.race([readPage(address), sleep(1000)]);
    if (page === undefined) break;
    pages.push(page);
    address = page.next;
  }
  return pages;
}
