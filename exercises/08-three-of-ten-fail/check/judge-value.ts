import { failed, shown, type Failed } from 'lwasync/learn';
import { counted } from './counted.js';
import type { Run } from './run.js';

/** The pages that came, in the order of the urls. */
export function judgePages({ name, urls, pages }: Run, list: unknown): Failed | undefined {
  const expected = urls.flatMap((url) => pages.get(url) ?? []);
  const came = `where ${counted(expected.length, 'page')} came`;
  if (!Array.isArray(list)) return failed('not-pages', `${name} returned no list of pages`);
  const full = expected.filter((page) => page !== '');
  if (full.length < expected.length && isSame(list, full)) {
    return failed('takes-empty-for-failed', `${name} left out a page because it was empty`);
  }
  if (list.length > expected.length) {
    return failed('leaves-holes', `${name} returned a list of ${list.length} ${came}`);
  }
  return hasSame(list, expected)
    ? judgeOrder(name, 'pages', list, expected)
    : failed('not-pages', `${name} returned something else ${came}`);
}

/** The pages that came, and why the others did not. */
export function judgeReport(run: Run, value: unknown): Failed | undefined {
  const { name, urls, reasons } = run;
  const fault = judgePages(run, fieldOf(value, 'pages'));
  if (fault !== undefined) return fault;
  const expected = urls.filter((url) => reasons.has(url));
  const found = fieldOf(value, 'failures');
  const failures: readonly unknown[] = Array.isArray(found) ? found : [];
  const told = failures.map((failure) => fieldOf(failure, 'url'));
  if (told.length !== expected.length) {
    return failed(
      'loses-failures',
      `${name} reported ${counted(told.length, 'failure')} where ${expected.length} of ${urls.length} calls failed`,
    );
  }
  if (!hasSame(told, expected)) {
    const and = ' and ';
    return failed(
      'wrong-urls',
      `${name} reported a failure of ${told.map(textOf).join(and)} where ${expected.join(and)} failed`,
    );
  }
  const lost = failures.find((failure) => {
    const reason = fieldOf(failure, 'reason');
    const text = reason instanceof Error ? reason.message : textOf(reason);
    return !text.includes(reasons.get(textOf(fieldOf(failure, 'url'))) ?? '');
  });
  if (lost === undefined) return judgeOrder(name, 'failures', told, expected);
  return failed(
    'loses-reasons',
    `${name} did not report "${reasons.get(textOf(fieldOf(lost, 'url')))}" as the reason of a failure`,
  );
}

function judgeOrder(
  name: string,
  what: string,
  found: readonly unknown[],
  expected: readonly unknown[],
): Failed | undefined {
  if (isSame(found, expected)) return undefined;
  return failed(
    'in-order-of-arrival',
    `${name} returned the ${what} in the order in which they came, and not in that of the urls`,
  );
}

function fieldOf(value: unknown, name: string): unknown {
  return Reflect.get(Object(value), name);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : shown(value);
}

function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}

function hasSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && other.every((item) => one.includes(item));
}
