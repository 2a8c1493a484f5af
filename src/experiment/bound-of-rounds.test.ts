import { describe, expect, it } from 'vitest';
import { boundOfRounds, type LoneRound } from './bound-of-rounds.js';

const TASK = {
  version: '1.0.0',
  environment: { node: '20.19.0', os: 'Linux', cpus: 2, cpuModel: 'any' },
  text: 'sleep 100ms',
  number: 20,
  notes: ['as it was'],
  interrupted: false,
};

function round(threadCpuMs: number | undefined, idleMs: number): LoneRound {
  const loop = { activeMs: 100 - idleMs, idleMs };
  return { wallMs: 100, resources: { userMs: 30, systemMs: 10, threadCpuMs, loop } };
}

describe('rounds of lone calls', () => {
  it('are told of together; what the loop was busy with beyond the CPU time of its thread was blocking', () => {
    const bound = boundOfRounds(TASK, [round(20, 70), round(40, 20)]);
    expect(bound).toMatchObject({
      kind: 'task',
      number: 20,
      wallMs: 200,
      userMs: 60,
      systemMs: 20,
    });
    expect(bound.states).toEqual({ computingMs: 60, blockedMs: 50, waitingMs: 90 });
    expect(bound.notes).toEqual(['as it was']);
  });

  it('never have blocked for less than nothing, nor waited for longer than they took', () => {
    expect(boundOfRounds(TASK, [round(50, 70)]).states).toEqual({
      computingMs: 30,
      blockedMs: 0,
      waitingMs: 70,
    });
    expect(boundOfRounds(TASK, [round(5, 120)]).states).toMatchObject({ waitingMs: 100 });
  });

  it('of which one does not tell have no states, and a reason', () => {
    const bound = boundOfRounds(TASK, [round(20, 70), round(undefined, 70)]);
    expect(bound.states).toBeUndefined();
    expect(bound.notes).toHaveLength(2);
  });
});
