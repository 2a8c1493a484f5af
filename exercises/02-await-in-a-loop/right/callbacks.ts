import { get } from 'node:http';

interface Page {
  readonly next: string;
}

function read(url: string, done: (error: Error | undefined, page?: Page) => void): void {
  get(url, (response) => {
    let text = '';
    response.setEncoding('utf8');
    response.on('data', (part: string) => (text += part));
    response.on('end', () => done(undefined, JSON.parse(text)));
  }).on('error', done);
}

export function makeManyCalls(number: number, url: string): Promise<Page[]> {
  return new Promise((resolve, reject) => {
    const pages: Page[] = [];
    const next = (address: string): void => {
      read(address, (error, page) => {
        if (page === undefined) return reject(error ?? new Error('no page'));
        pages.push(page);
        if (pages.length === number) resolve(pages);
        else next(page.next);
      });
    };
    next(url);
  });
}
