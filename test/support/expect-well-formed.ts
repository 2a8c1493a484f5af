import { expect } from 'vitest';

const TAG = /<(\/?)([A-Za-z][\w-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g;

/** Checks that every tag of a piece of XML is closed in its turn, and that nothing else in it could be taken for one. */
export function expectWellFormed(xml: string): void {
  const open: string[] = [];
  for (const [tag, slash, name = '', , empty] of xml.matchAll(TAG)) {
    if (slash === '/') expect(open.pop(), tag).toBe(name);
    else if (empty !== '/') open.push(name);
  }
  expect(open).toEqual([]);
  const text = xml.replaceAll(TAG, '');
  expect(text).not.toMatch(/[<>]/);
  expect(text.replaceAll(/&(?:amp|lt|gt|quot);/g, '')).not.toContain('&');
}
