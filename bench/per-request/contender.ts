import { numberAt, parseJson } from '../json.js';
import type { Outcome } from '../measurements.js';
import type { Command, Pinning } from '../pinning.js';
import { complaintOf, runProgram } from '../process.js';

/** `cpuMicros`: CPU of the client a request, user and system, in µs. `perSecond`: requests a second. */
export type Figure = 'cpuMicros' | 'perSecond';

/** What is asked of a client. */
export interface Load {
  readonly url: string;
  readonly connections: number;
  /** How long requests are made that do not count, where the client can tell them apart. */
  readonly warmupS: number;
  /** How long those are made that count. */
  readonly measuredS: number;
  readonly pinning: Pinning;
  readonly signal: AbortSignal;
}

/** One client in one setting. */
export interface Contender {
  readonly name: string;
  /** Fewest connections that it is measured with. */
  readonly fewest: number;
  /** Never rejects because of the client: what goes wrong is an outcome. */
  measure(load: Load): Promise<Outcome<Figure>>;
}

/** A script that measures the part of its run that counts by itself, and fails when a request does. */
export function scripted(name: string, command: (words: readonly string[]) => Command): Contender {
  const measure: Contender['measure'] = async (load) => {
    const { url, connections, warmupS, measuredS, pinning, signal } = load;
    const words = [url, `${connections}`, `${warmupS}`, `${measuredS}`];
    const [file, ...rest] = pinning.client(command(words));
    const result = await runProgram(file, rest, { signal });
    const printed =
      result.kind === 'ended' && result.exitCode === 0 ? parseJson(result.stdout) : undefined;
    const requests = numberAt(printed, 'requests');
    const seconds = numberAt(printed, 'seconds');
    const cpuSeconds = numberAt(printed, 'cpuSeconds');
    if (requests === undefined || seconds === undefined || cpuSeconds === undefined) {
      return { kind: 'none', reason: complaintOf(result) };
    }
    return figuresOf({ requests, seconds, cpuSeconds });
  };
  return { name, fewest: 1, measure };
}

/** The figures of a run that completed so many requests. */
export function figuresOf(run: {
  readonly requests: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
}): Outcome<Figure> {
  const { requests, seconds, cpuSeconds } = run;
  if (requests === 0) return { kind: 'none', reason: 'no request was completed' };
  const cpuMicros = (cpuSeconds / requests) * 1e6;
  return { kind: 'figures', figures: { cpuMicros, perSecond: requests / seconds } };
}
