import { describe, expect, it } from 'vitest';
import { UsageError } from '../core/errors.js';
import { parseExpectation } from './expectation.js';

describe('an expectation is', () => {
  it.each([
    ['async>=8x', { kind: 'ratio', name: 'async', relation: '>=', bound: 8, at: undefined }],
    [' async >= 8.5 ', { kind: 'ratio', name: 'async', bound: 8.5 }],
    ['async>=8x@20', { kind: 'ratio', name: 'async', bound: 8, at: 20 }],
    ['async<2x @ 1k', { kind: 'ratio', relation: '<', bound: 2, at: 1000 }],
    ['client.ts>=8x', { kind: 'ratio', name: 'client.ts' }],
    ['localhost:8080/a>=8x', { kind: 'ratio', name: 'localhost:8080/a' }],
    ['p99<300ms', { kind: 'latency', name: undefined, statistic: 'p99', bound: 300 }],
    ['p99.9 <= 1.5s', { kind: 'latency', statistic: 'p99.9', relation: '<=', bound: 1500 }],
    ['async:max>1us', { kind: 'latency', name: 'async', statistic: 'max', bound: 0.001 }],
    ['localhost:8080/a:mean<1s', { kind: 'latency', name: 'localhost:8080/a', statistic: 'mean' }],
    ['errors<1%', { kind: 'errors', name: undefined, bound: 0.01 }],
    ['loop:errors<=0', { kind: 'errors', name: 'loop', bound: 0 }],
    ['rate>=95/s', { kind: 'rate', bound: 95 }],
    ['async:rate>=95@20', { kind: 'rate', name: 'async', bound: 95, at: 20 }],
  ])('%s', (text, expected) => {
    expect(parseExpectation(text)).toMatchObject(expected);
  });
});

it.each([
  '',
  'async',
  'async>=0x',
  'async>=x',
  'async=8',
  'async>=8x@',
  'async>=8x@0',
  'async>=8/s',
  'p99<300',
  'p99<8x',
  'errors<101%',
  'rate>=95x',
  '>=8x',
])('%j is none, and the answer says how they are written', (text) => {
  expect(() => parseExpectation(text)).toThrow(UsageError);
  expect(() => parseExpectation(text)).toThrow(/like 'async>=8x'.+'errors<1%' or 'rate>=95\/s'/);
});
