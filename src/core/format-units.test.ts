import { expect, it } from 'vitest';
import {
  formatDuration,
  formatRatio,
  formatShare,
  formatSignificant,
  formatSize,
  toSeconds,
} from './format-units.js';

it.each([
  [0, '0 s'],
  [0.000085, '85 ns'],
  [0.85, '850 µs'],
  [1.234, '1.23 ms'],
  [12.34, '12.3 ms'],
  [202.4, '202 ms'],
  [999.6, '1.000 s'],
  [2035.4, '2.035 s'],
  [12_345, '12.35 s'],
  [200_000, '3 min 20 s'],
])('shows %d ms as %s', (duration, text) => {
  expect(formatDuration(duration)).toBe(text);
});

it('shows a multiple with three digits', () => {
  expect([0.994, 1.004, 9.814, 19.54, 2366].map(formatRatio)).toEqual([
    '0.99x',
    '1.00x',
    '9.81x',
    '19.5x',
    '2,366x',
  ]);
});

it('shows shares and sizes', () => {
  expect([0, 0.004, 0.976, 1].map(formatShare)).toEqual(['0 %', '0.4 %', '98 %', '100 %']);
  expect([512, 1_000_000, 1_500_000_000].map(formatSize)).toEqual(['512 B', '1 MB', '1.5 GB']);
  expect(formatSignificant(48.21)).toBe('48.2');
});

it('gives machines seconds without noise digits', () => {
  expect(toSeconds(200.1)).toBe(0.2001);
});
