import { numberAt, parseJson } from '../json.js';
import type { Outcome } from '../measurements.js';
import type { Pinning } from '../pinning.js';
import { complaintOf, runProgram } from '../process.js';
import { scriptPath } from '../scripts.js';
import { startServer } from '../server-program.js';
import type { Plan } from './plan.js';
import type { EchoServer } from './servers.js';

/**
 * `perSecond`: round trips a second. `serverMicros`: CPU of the server a round trip, user and system, in µs. `busy`: the
 * part of the time that the server was on the processor, 0 to 1. `loadMicros`: CPU of the load generator a round trip.
 */
export type Figure = 'perSecond' | 'serverMicros' | 'busy' | 'loadMicros';

/** Starts a server, sends it messages on so many connections for a while, and ends it. */
export async function measureServer(
  { command }: EchoServer,
  connections: number,
  { warmupS, measuredS }: Plan,
  pinning: Pinning,
  signal: AbortSignal,
): Promise<Outcome<Figure>> {
  const server = await startServer(pinning.server(command), signal);
  try {
    const numbers = [server.greeting, connections, warmupS, measuredS, server.pid];
    const script = scriptPath('echo-load.mjs');
    const [file, ...words] = pinning.client([process.execPath, script, ...numbers.map(String)]);
    const result = await runProgram(file, words, { signal });
    const printed = result.kind === 'ended' ? parseJson(result.stdout) : undefined;
    return figuresOf(printed) ?? { kind: 'none', reason: complaintOf(result) };
  } finally {
    await server.stop();
  }
}

function figuresOf(printed: unknown): Outcome<Figure> | undefined {
  const requests = numberAt(printed, 'requests');
  const seconds = numberAt(printed, 'seconds');
  const loadS = numberAt(printed, 'cpuSeconds');
  const serverS = numberAt(printed, 'serverCpuSeconds');
  if (requests === undefined || seconds === undefined || loadS === undefined) return undefined;
  if (requests === 0) return { kind: 'none', reason: 'nothing came back' };
  const ofServer =
    serverS === undefined
      ? {}
      : { serverMicros: (serverS / requests) * 1e6, busy: serverS / seconds };
  const loadMicros = (loadS / requests) * 1e6;
  return {
    kind: 'figures',
    figures: { perSecond: requests / seconds, loadMicros, ...ofServer },
  };
}
