import { CallColumns } from '../../src/core/call-columns.js';
import type { CallFailureCode } from '../../src/core/call-failure.js';
import {
  NO_RESOURCES,
  type ModeName,
  type ModeRounds,
  type Round,
  type Run,
} from '../../src/core/run.js';

/** One call of a round made by hand: start and end in milliseconds, and why it failed if it did. */
export type HandmadeCall = readonly [startMs: number, endMs: number, failure?: CallFailureCode];

const TASK = { kind: 'http', text: 'GET http://127.0.0.1:8080/say-hi' } as const;

/** A round made by hand out of its calls; it ends when the last of them does. */
export function buildRound(calls: readonly HandmadeCall[]): Round {
  const columns = new CallColumns(calls.length);
  calls.forEach(([start, end, failure], index) => {
    columns.begin(index, start);
    columns.end(index, end, failure === undefined ? 200 : 500, failure);
  });
  const codes = calls.flatMap(([, , failure]) => (failure === undefined ? [] : [failure]));
  return {
    wallMs: Math.max(...calls.map(([, end]) => end)),
    resources: NO_RESOURCES,
    calls: columns,
    failures: [...new Set(codes)].map((code) => ({
      code,
      count: codes.filter((other) => other === code).length,
      example: `GET http://127.0.0.1/: ${code}`,
    })),
    connecting: { connections: 1, durationMs: 2 },
  };
}

/** `number` calls of `latencyMs` each, at most `concurrency` in flight, in waves. */
export function buildWaves(number: number, concurrency: number, latencyMs: number): Round {
  return buildRound(
    Array.from({ length: number }, (_, index) => {
      const wave = Math.floor(index / concurrency);
      return [wave * latencyMs, (wave + 1) * latencyMs] as const;
    }),
  );
}

/** The rounds of one mode. */
export function buildMode(
  mode: ModeName,
  rounds: readonly Round[],
  limit: number = mode === 'async' ? Number.POSITIVE_INFINITY : 1,
): ModeRounds {
  const number = rounds[0]?.calls.number ?? 1;
  return {
    name: mode,
    mode,
    task: TASK,
    limit,
    concurrency: Math.min(number, limit),
    warmup: [],
    rounds,
  };
}

/** A run of the given modes. */
export function buildRun(modes: readonly ModeRounds[], over: Partial<Run> = {}): Run {
  return {
    version: '0.0.0',
    environment: { node: '20.19.0', os: 'Linux 6.1 x86_64', cpus: 2, cpuModel: 'a CPU' },
    tasks: [TASK],
    leftOut: [],
    concurrency: undefined,
    measured: { number: modes[0]?.rounds[0]?.calls.number ?? 1, modes },
    doubled: undefined,
    overhead: { blockingBridgeMs: 0.08, recordingMs: 0.0003 },
    warnings: [],
    interrupted: false,
    ...over,
  };
}
