import { get } from 'node:http';

/** Each call begins a while after the one before, and waits for none. */
export function makeManyCalls(number: number, url: string): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    const answers: unknown[] = [];
    let left = number;
    const begin = (index: number): void => {
      if (index === number) return;
      setTimeout(begin, index === 0 ? 300 : 1, index + 1);
      get(url, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (text += part));
        response.on('end', () => {
          answers[index] = JSON.parse(text);
          left -= 1;
          if (left === 0) resolve(answers);
        });
      }).on('error', reject);
    };
    begin(0);
  });
}
