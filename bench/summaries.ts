import { numberAt, parseJson } from './json.js';

/** How many calls went well and how many did not, and in how many seconds, as a tool's own summary has it. */
export interface Summary {
  readonly requests: number;
  /** Not a number where the text is no summary. */
  readonly seconds: number;
  readonly failed: number;
}

/** What wrk prints: it counts faults of sockets, requests that took more than 2 s, and other statuses. */
export function readWrk(text: string): Summary {
  const [, requests, seconds] = /^\s*(\d+) requests in ([\d.]+)s,/m.exec(text) ?? [];
  const sockets = /^\s*Socket errors: (.*)$/m.exec(text)?.[1] ?? '';
  const statuses = /^\s*Non-2xx or 3xx responses: (\d+)$/m.exec(text)?.[1] ?? '0';
  const faults = [...sockets.matchAll(/\d+/g), [statuses]];
  const failed = faults.reduce((sum, [count]) => sum + Number(count), 0);
  return { requests: Number(requests), seconds: Number(seconds), failed };
}

/** What hey prints. */
export function readHey(text: string): Summary {
  const seconds = Number(/^\s*Total:\s+([\d.]+) secs$/m.exec(text)?.[1]);
  const statuses = [...text.matchAll(/^\s*\[(\d+)\]\s+(\d+) responses$/gm)];
  const errors = [...text.matchAll(/^\s*\[(\d+)\]\s+(?!\d+ responses$).+$/gm)];
  let requests = 0;
  let failed = errors.reduce((sum, [, count]) => sum + Number(count), 0);
  for (const [, status, count] of statuses) {
    if (status === '200') requests += Number(count);
    else failed += Number(count);
  }
  return { requests, seconds, failed };
}

/** What autocannon prints with `--json`. */
export function readAutocannon(text: string): Summary {
  const found = parseJson(text);
  const count = (key: string): number => numberAt(found, key) ?? NaN;
  const failed = count('errors') + count('timeouts') + count('non2xx');
  return { requests: count('2xx'), seconds: count('duration'), failed };
}

/** What `lwasync sync` and `lwasync async` print; they end with exit code 0 only when every call went well. */
export function readCalls(text: string): Summary {
  const [, calls = '', seconds] = /^([\d,]+) .*calls.* took ([\d.]+) seconds/m.exec(text) ?? [];
  return { requests: Number(calls.replaceAll(',', '')), seconds: Number(seconds), failed: 0 };
}

/** What `lwasync async --duration` prints with `--json`. */
export function readLoad(text: string): Summary {
  const found = parseJson(text);
  const count = (...keys: string[]): number => numberAt(found, ...keys) ?? NaN;
  const { requests, seconds } = { requests: count('calls', 'ok'), seconds: count('seconds') };
  return { requests, seconds, failed: count('calls', 'failed') };
}
