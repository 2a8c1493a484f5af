import type { BoundRun } from '../../src/core/bound.js';

/** A run of a program that waited for a second, with what is to be different. */
export function buildBoundRun(more: Partial<BoundRun> = {}): BoundRun {
  return {
    version: '1.0.0',
    environment: { node: '20.19.0', os: 'Linux', cpus: 2, cpuModel: 'any' },
    kind: 'command',
    text: 'node a.js',
    number: 1,
    failed: 0,
    wallMs: 1000,
    userMs: 15,
    systemMs: 5,
    cpuResolutionMs: 0.001,
    withoutCoreMs: 0,
    states: undefined,
    blocks: [],
    notes: [],
    ending: { kind: 'done' },
    interrupted: false,
    ...more,
  };
}
