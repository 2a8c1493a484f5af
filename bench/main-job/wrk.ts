import type { Tool } from '../peers.js';
import { complaintOf, runProgram } from '../process.js';

/** Calls per second that wrk completed, with the number of failed ones, or why there is no such figure. */
export type Throughput =
  | { readonly kind: 'rate'; readonly perSecond: number; readonly failed: number }
  | { readonly kind: 'none'; readonly reason: string };

/** Lets wrk make calls on so many connections for a while, each connection call after call. */
export async function runWrk(
  tool: Tool,
  order: { url: string; connections: number; durationS: number; signal: AbortSignal },
): Promise<Throughput> {
  const { url, connections, durationS, signal } = order;
  const words = ['-t1', `-c${connections}`, `-d${durationS}s`, '--latency', url];
  const result = await runProgram(tool.file, words, { signal });
  const text = result.kind === 'ended' ? result.stdout : '';
  return readWrk(text) ?? { kind: 'none', reason: complaintOf(result) };
}

/** What wrk's summary says; it counts faults of sockets, calls that took more than 2 s, and other statuses. */
function readWrk(text: string): Throughput | undefined {
  const perSecond = Number(/^Requests\/sec:\s+([\d.]+)$/m.exec(text)?.[1]);
  if (Number.isNaN(perSecond)) return undefined;
  const sockets = /^\s*Socket errors: (.*)$/m.exec(text)?.[1] ?? '';
  const statuses = /^\s*Non-2xx or 3xx responses: (\d+)$/m.exec(text)?.[1] ?? '0';
  const faults = [...sockets.matchAll(/\d+/g), [statuses]];
  return {
    kind: 'rate',
    perSecond,
    failed: faults.reduce((sum, [count]) => sum + Number(count), 0),
  };
}
