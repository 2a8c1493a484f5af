import { describe, expect, it } from 'vitest';
import { shown } from './shown.js';

const circle: Record<string, unknown> = {};
circle['self'] = circle;

describe('what a module gave', () => {
  it.each([
    ['a text', 'two words', '"two words"'],
    ['an object', { id: 1 }, '{"id":1}'],
    ['nothing', undefined, 'nothing'],
    ['no number', NaN, 'NaN'],
    [
      'a list with an error',
      [new RangeError('too far'), 1 / 0],
      '["RangeError: too far","Infinity"]',
    ],
    ['a bigint', 3n, '3n'],
    ['a circle', circle, '<ref *1> { self: [Circular *1] }'],
    ['an object without a prototype', Object.create(null), '{}'],
  ])('is shown where it is %s', (_, value, text) => {
    expect(shown(value)).toBe(text);
  });

  it('is cut where it is long', () => {
    expect(shown('x'.repeat(1e6))).toHaveLength(81);
  });
});
