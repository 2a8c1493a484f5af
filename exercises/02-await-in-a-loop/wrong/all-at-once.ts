// Starting all calls together is taken to be always better.
import { readPage, type Page } from './pages.js';

export async function makeManyCalls(number: number, url: string): Promise<Page[]> {
  const calls = Array.from({ length: number }, () => readPage(url));
  return Promise.all(calls);
}
