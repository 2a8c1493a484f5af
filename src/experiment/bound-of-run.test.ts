import { describe, expect, it } from 'vitest';
import type { Round } from '../core/run.js';
import { buildMode, buildRun, buildWaves } from '../../test/support/build-run.js';
import { boundOfRun } from './bound-of-run.js';

// Ten calls of ten milliseconds, one after another.
function round(threadCpuMs: number | undefined, idleMs: number): Round {
  const plain = buildWaves(10, 1, 10);
  const loop = { activeMs: 100 - idleMs, idleMs, delayMaxMs: 0 };
  return {
    ...plain,
    resources: { ...plain.resources, userMs: 30, systemMs: 10, threadCpuMs, loop },
  };
}

function bound(...rounds: Round[]): ReturnType<typeof boundOfRun> {
  return boundOfRun(buildRun([buildMode('async', rounds)], { warnings: ['as it was'] }));
}

describe('rounds of lone calls', () => {
  it('are told of together; what the loop was busy with beyond the CPU time of its thread was blocking', () => {
    const both = bound(round(20, 70), round(40, 20));
    expect(both).toMatchObject({
      kind: 'task',
      text: 'GET http://127.0.0.1:8080/say-hi',
      number: 20,
      wallMs: 200,
      userMs: 60,
      systemMs: 20,
      states: { computingMs: 60, blockedMs: 50, waitingMs: 90 },
      notes: ['as it was'],
    });
  });

  it('never have blocked for less than nothing, nor waited for longer than they took', () => {
    expect(bound(round(50, 70))?.states).toEqual({ computingMs: 30, blockedMs: 0, waitingMs: 70 });
    expect(bound(round(5, 120))?.states).toMatchObject({ waitingMs: 100, blockedMs: 0 });
  });

  it('of which one does not tell have no states, and a reason', () => {
    const without = bound(round(20, 70), round(undefined, 70));
    expect(without?.states).toBeUndefined();
    expect(without?.notes).toHaveLength(2);
  });

  it('that are too short for the clock of a thread have no states, and a reason', () => {
    const short = bound({ ...round(1, 0), wallMs: 10 });
    expect(short?.states).toBeUndefined();
    expect(short?.notes[1]).toContain('a larger -n tells more');
  });

  it('of which there are none are nothing', () => {
    expect(boundOfRun(buildRun([]))).toBeUndefined();
  });
});
