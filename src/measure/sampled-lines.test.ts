import { describe, expect, it } from 'vitest';
import { sampledLines } from './sampled-lines.js';
import { sampledIdleMs, type SampledProfile } from './sampled-profile.js';

const SOURCE = [
  'const a = 1;',
  'function f() {',
  '  for (;;) a + 1;',
  '  hash.update(a);',
  '}',
  'f();',
];
const FILES = {
  isProgram: (url: string) => url === 'program',
  isTimed: (url: string) => url === 'hook',
  sourceOf: () => SOURCE,
};

type Node = SampledProfile['nodes'][number];

function node(
  id: number,
  [functionName, url, firstLine]: [string, string, number],
  more: Partial<Node>,
): Node {
  // Five milliseconds a sample.
  const heldUs = (more.hitCount ?? 0) * 5000;
  const lineNumber = firstLine - 1;
  const columnNumber = functionName === '' ? 0 : 10;
  return {
    id,
    callFrame: { functionName, scriptId: url, url, lineNumber, columnNumber },
    heldUs,
    ...more,
  };
}

function linesOf(...nodes: Node[]): unknown {
  return linesOfAll([{ nodes }]);
}

function linesOfAll(profiles: readonly SampledProfile[]): unknown {
  return Object.fromEntries(
    sampledLines(profiles, FILES).map(({ line, durationMs }) => [line, durationMs]),
  );
}

const F: [string, string, number] = ['f', 'program', 2];

describe('the lines of a profile', () => {
  it('are those where the program was seen, in all calls of a function together', () => {
    const ticks = [{ line: 3, ticks: 10 }];
    expect(
      linesOf(
        node(1, F, { hitCount: 10, positionTicks: ticks }),
        node(2, F, { hitCount: 12, positionTicks: [...ticks, { line: 4, ticks: 2 }] }),
      ),
    ).toEqual({ 3: 100, 4: 10 });
  });

  it('take what V8 does itself, and lines from elsewhere that it built in, for the line seen most', () => {
    const positionTicks = [
      { line: 3, ticks: 4 },
      { line: 1, ticks: 3 },
      { line: 530, ticks: 5 },
    ];
    expect(
      linesOf(
        node(1, F, { hitCount: 12, positionTicks, children: [2] }),
        node(2, ['RegExp: a', '', 1], { hitCount: 8 }),
      ),
    ).toEqual({ 3: 100 });
  });

  it('take what Node does for the line that calls it', () => {
    expect(
      linesOf(
        node(1, F, { hitCount: 4, positionTicks: [{ line: 3, ticks: 4 }], children: [2] }),
        node(2, ['Hash.update', 'node:internal/crypto/hash', 9], { hitCount: 6, children: [3] }),
        node(3, ['update', '', 1], { hitCount: 4 }),
      ),
    ).toEqual({ 3: 20, 4: 50 });
  });

  it('take what Node does for the beginning of the function where no line tells, and for none outside of functions', () => {
    const read = node(2, ['read', 'node:fs', 9], { hitCount: 6 });
    expect(linesOf(node(1, F, { children: [2] }), read)).toEqual({ 2: 30 });
    expect(linesOf(node(1, ['', 'program', 1], { children: [2] }), read)).toEqual({});
  });

  it('are of all profiles together', () => {
    // As where the thread had no core: two samples in 20 ms.
    const short = { nodes: [node(1, F, { hitCount: 2, heldUs: 20_000 })] };
    const positionTicks = [{ line: 3, ticks: 10 }];
    const nodes = [node(1, F, { hitCount: 10, positionTicks })];
    expect(linesOfAll([short, { nodes }])).toEqual({ 3: 70 });
  });

  it('leave out what is timed', () => {
    expect(
      linesOf(
        node(1, F, { children: [2] }),
        node(2, ['apply', 'hook', 5], { hitCount: 3, children: [3] }),
        node(3, ['readFileSync', 'node:fs', 5], { hitCount: 3 }),
      ),
    ).toEqual({});
  });

  it('leave out idling, which is told apart', () => {
    const nodes = [
      node(1, ['(root)', '', 0], { children: [2] }),
      node(2, ['(idle)', '', 0], { hitCount: 30 }),
    ];
    expect(linesOf(...nodes)).toEqual({});
    expect(sampledIdleMs({ nodes })).toBe(150);
  });
});
