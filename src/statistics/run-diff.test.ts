import { describe, expect, it } from 'vitest';
import { checkSlowdown, diffRuns, type SavedMeasurement, type SavedPart } from './run-diff.js';

function part(name: string, seconds: readonly number[], over: Partial<SavedPart> = {}): SavedPart {
  return {
    name,
    seconds,
    failed: 0,
    throughput: 10,
    p50: 0.1,
    p99: 0.2,
    ratio: undefined,
    ...over,
  };
}

function measurement(
  parts: readonly SavedPart[],
  over: Partial<SavedMeasurement> = {},
): SavedMeasurement {
  return {
    kind: 'compare',
    version: '1.0.0',
    environment: { node: '20.19.0', os: 'Linux', cpus: 2, cpuModel: 'a CPU' },
    task: 'GET http://127.0.0.1:8080/say-hi',
    settings: { 'calls a round': '10' },
    parts,
    ...over,
  };
}

const steady = part('async', [1, 1.01, 0.99]);
const tenthSlower = part('async', [1.1, 1.111, 1.089]);

function changeOf(before: SavedPart, after: SavedPart): string | undefined {
  return diffRuns(measurement([before]), measurement([after])).parts[0]?.change;
}

describe('a change', () => {
  it('is shown where the interval is on one side of 1', () => {
    expect(changeOf(steady, tenthSlower)).toBe('slower');
    expect(changeOf(tenthSlower, steady)).toBe('faster');
    expect(changeOf(steady, part('async', [1.02, 0.97, 1.01]))).toBe('none shown');
  });

  it('has the known size of a known difference', () => {
    const { parts } = diffRuns(measurement([steady]), measurement([tenthSlower]));
    expect(parts[0]?.slowdown?.ratio).toBeCloseTo(1.1, 12);
  });

  it('cannot be told from too few rounds, nor where calls failed, nor from nothing', () => {
    expect(changeOf(steady, part('async', [2, 2]))).toBe('too few rounds');
    expect(changeOf(steady, part('async', [1, 1, 1], { failed: 1 }))).toBe('calls failed');
    expect(changeOf(steady, part('async', []))).toBe('not measured');
  });
});

describe('two measurements', () => {
  it('are compared by name; what is only in one of them is named', () => {
    const before = measurement([steady, part('sync', [1, 1, 1])]);
    const after = measurement([part('loop', [1, 1, 1]), steady]);
    const diff = diffRuns(before, after);
    expect(diff.parts.map(({ name }) => name)).toEqual(['async']);
    expect([diff.onlyBefore, diff.onlyAfter]).toEqual([['sync'], ['loop']]);
  });

  it('differ in their circumstances, other work told from other conditions', () => {
    const before = measurement([steady]);
    const after = measurement([steady], {
      version: '2.0.0',
      settings: { 'calls a round': '20' },
      environment: { ...before.environment, cpus: 4 },
    });
    expect(
      diffRuns(before, after).circumstances.map(({ what, isOtherWork }) => [what, isOtherWork]),
    ).toEqual([
      ['calls a round', true],
      ['machine', false],
      ['lwasync', false],
    ]);
  });

  it('are of the same task although the practice server had another port', () => {
    const task = 'GET http://127.0.0.1:34567/say-hi';
    expect(diffRuns(measurement([steady]), measurement([steady], { task })).circumstances).toEqual(
      [],
    );
    const elsewhere = 'GET http://example.com:34567/say-hi';
    expect(
      diffRuns(measurement([steady]), measurement([steady], { task: elsewhere })).circumstances,
    ).toHaveLength(1);
  });
});

describe('a limit on slowing down', () => {
  const check = (after: SavedMeasurement, most: number): string | undefined =>
    checkSlowdown(diffRuns(measurement([steady]), after), most)[0]?.result;

  it('is met or failed where the whole interval is on one side of it', () => {
    expect(check(measurement([tenthSlower]), 0.05)).toBe('failed');
    expect(check(measurement([tenthSlower]), 0.2)).toBe('met');
  });

  it('is inconclusive inside the interval, without one, and where other work was done', () => {
    expect(check(measurement([tenthSlower]), 0.1)).toBe('inconclusive');
    expect(check(measurement([part('async', [2, 2])]), 0.1)).toBe('inconclusive');
    const settings = { 'calls a round': '20' };
    expect(check(measurement([tenthSlower], { settings }), 0.05)).toBe('inconclusive');
  });
});
