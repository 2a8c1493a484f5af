import fc from 'fast-check';
import { expect, it } from 'vitest';
import { printable } from '../report/shown-text.js';
import { cutToWidth, displayedWidth, fitToWidth } from './displayed-text.js';

it.each([
  ['a.iso', 5],
  ['漢字.txt', 8],
  ['ひらがな', 8],
  ['한국어', 6],
  ['ｆｕｌｌ', 8],
  ['ﾊﾝｶｸ', 4],
  ['ü', 1],
  ['u\u0308', 1],
  ['📦.zip', 6],
  ['', 0],
])('%s takes %i cells', (text, cells) => {
  expect(displayedWidth(text)).toBe(cells);
});

it('what is cut says so, and no wide character is halved', () => {
  expect(cutToWidth('ubuntu.iso', 7)).toBe('ubuntu…');
  expect(cutToWidth('ubuntu.iso', 10)).toBe('ubuntu.iso');
  expect(cutToWidth('漢字漢字', 4)).toBe('漢…');
  expect(fitToWidth('漢字漢字', 4)).toBe('漢… ');
  expect(fitToWidth('a', 3)).toBe('a  ');
  expect(cutToWidth('ab', 0)).toBe('');
});

it('whatever a name is made of, it fits its cells', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(40), (text, cells) => {
      const shown = printable(text);
      expect(displayedWidth(cutToWidth(shown, cells))).toBeLessThanOrEqual(cells);
      expect(displayedWidth(fitToWidth(shown, cells))).toBe(cells);
    }),
  );
});
