import { at, numberAt, parseJson } from '../json.js';
import type { Outcome } from '../measurements.js';
import type { Pinning } from '../pinning.js';
import { complaintOf, runProgram } from '../process.js';
import { spreadOf } from '../samples.js';
import { scriptPath } from '../scripts.js';
import { startServer } from '../server-program.js';
import type { Plan } from './plan.js';

/**
 * Of the first batch: `coldS` and, where the client tells, `connectingS`. Of the batches after it, the median:
 * `warmS`, and the seconds of CPU of the client `warmCpuS` and of the server `serverCpuS`.
 */
export type Figure = 'coldS' | 'connectingS' | 'warmS' | 'warmCpuS' | 'serverCpuS';

/** A client by the name that the script has for it. */
export interface Client {
  readonly name: string;
  readonly kind: 'run' | 'host' | 'node' | 'undici';
}

/** lwasync in both hosts, and the clients on Node's loop. */
export const CLIENTS: readonly Client[] = [
  { name: 'lwasync loop.run', kind: 'run' },
  { name: 'lwasync loop.host', kind: 'host' },
  { name: 'lwasync, Node loop', kind: 'node' },
  { name: 'undici', kind: 'undici' },
];

/**
 * Lets a client make its batches. Each time the server is a new one on another port: the ports of the connections of a
 * client before are not free yet, which would make connecting dearer for the next.
 */
export async function measureClient(
  { kind }: Client,
  { number, latencyMs, warmBatches }: Plan,
  pinning: Pinning,
  signal: AbortSignal,
): Promise<Outcome<Figure>> {
  const command = [process.execPath, scriptPath('delay-server.mjs'), `${latencyMs}`] as const;
  const server = await startServer(pinning.server(command), signal);
  try {
    const [file, ...words] = pinning.client([
      process.execPath,
      scriptPath('in-flight.mjs'),
      `http://127.0.0.1:${server.greeting}/`,
      `${number}`,
      `${1 + warmBatches}`,
      kind,
      `${server.pid}`,
    ]);
    const result = await runProgram(file, words, { signal });
    const batches = result.kind === 'ended' ? parseJson(result.stdout) : undefined;
    return figuresOf(batches) ?? { kind: 'none', reason: complaintOf(result) };
  } finally {
    await server.stop();
  }
}

function figuresOf(batches: unknown): Outcome<Figure> | undefined {
  if (!Array.isArray(batches)) return undefined;
  const [cold, ...warm]: unknown[] = batches;
  const median = (key: string): number | undefined => {
    const values = warm.map((batch) => numberAt(batch, key));
    return spreadOf(values.filter((value) => value !== undefined))?.median;
  };
  const entries: [Figure, number | undefined][] = [
    ['coldS', numberAt(cold, 'seconds')],
    ['connectingS', numberAt(cold, 'connectingS')],
    ['warmS', median('seconds')],
    ['warmCpuS', median('cpuSeconds')],
    ['serverCpuS', median('serverCpuSeconds')],
  ];
  if (at(cold, 'seconds') === undefined || warm.length === 0) return undefined;
  const figures: Partial<Record<Figure, number>> = {};
  for (const [figure, value] of entries) if (value !== undefined) figures[figure] = value;
  return { kind: 'figures', figures };
}
