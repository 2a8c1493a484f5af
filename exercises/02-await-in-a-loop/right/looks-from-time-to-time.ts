import { setTimeout as sleep } from 'node:timers/promises';

interface Page {
  readonly next: string;
}

export async function makeManyCalls(number: number, url: string): Promise<Page[]> {
  const pages: Page[] = [];
  for (let index = 0; index < number; index += 1) {
    void fetch(pages.at(-1)?.next ?? url)
      .then((response) => response.text())
      .then((text) => pages.push(JSON.parse(text)));
    while (pages.length === index) await sleep(20);
  }
  return pages;
}
