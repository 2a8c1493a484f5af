import { fileURLToPath } from 'node:url';
import { childrenCpuSeconds } from '../children-cpu.js';
import type { Outcome } from '../measurements.js';
import type { Tool } from '../peers.js';
import type { Command } from '../pinning.js';
import { complaintOf, runProgram } from '../process.js';
import { figuresOf, type Contender, type Figure, type Load } from './contender.js';

// Compiled, this file lies in .cache/bench/per-request/, three floors below the repository's root.
const LWASYNC = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url));
// On few connections a second would go by before the command had warmed up.
const FEWEST_OF_COMMAND = 50;

/** How many requests went well and how many did not, as a tool's own summary has it. */
interface Summary {
  readonly requests: number;
  readonly seconds: number;
  readonly failed: number;
}

/** wrk with one thread. */
export function wrk(tool: Tool): Contender {
  return wholeProgram('wrk', readWrk, ({ url, connections, measuredS }) => [
    tool.file,
    ...words(`-t1 -c${connections} -d${Math.ceil(measuredS)}s`),
    url,
  ]);
}

/** hey on one core. */
export function hey(tool: Tool): Contender {
  return wholeProgram('hey', readHey, ({ url, connections, measuredS }) => [
    tool.file,
    ...words(`-cpus 1 -c ${connections} -z ${Math.ceil(measuredS)}s`),
    url,
  ]);
}

/** The whole command line of lwasync with so many calls, from its start to its end. */
export function lwasyncCommand(calls: number): Contender {
  const read = (text: string): Summary => ({
    // It ends with exit code 0 only when every call went well.
    requests: calls,
    seconds: Number(/ took ([\d.]+) seconds/.exec(text)?.[1]),
    failed: 0,
  });
  const command = ({ url, connections }: Load): Command => [
    process.execPath,
    LWASYNC,
    ...words(`async -n ${calls} -c ${connections} --on loop --no-parse`),
    url,
  ];
  const contender = wholeProgram('lwasync async --on loop', read, command);
  return { ...contender, fewest: FEWEST_OF_COMMAND };
}

function wholeProgram(
  name: string,
  read: (text: string) => Summary,
  command: (load: Load) => Command,
): Contender {
  const measure = async (load: Load): Promise<Outcome<Figure>> => {
    const { pinning, signal } = load;
    const [file, ...rest] = pinning.client(command(load));
    const beforeS = childrenCpuSeconds();
    const result = await runProgram(file, rest, { signal });
    const cpuSeconds = childrenCpuSeconds() - beforeS;
    const { requests, seconds, failed } = read(result.kind === 'ended' ? result.stdout : '');
    if (result.kind !== 'ended' || result.exitCode !== 0 || Number.isNaN(seconds)) {
      return { kind: 'none', reason: complaintOf(result) };
    }
    if (failed > 0) return { kind: 'none', reason: `${failed} requests failed` };
    return figuresOf({ requests, seconds, cpuSeconds });
  };
  return { name, fewest: 1, measure };
}

function words(text: string): string[] {
  return text.split(' ');
}

// It counts faults of sockets, requests that took more than 2 s, and other statuses.
function readWrk(text: string): Summary {
  const [, requests, seconds] = /^\s*(\d+) requests in ([\d.]+)s,/m.exec(text) ?? [];
  const sockets = /^\s*Socket errors: (.*)$/m.exec(text)?.[1] ?? '';
  const statuses = /^\s*Non-2xx or 3xx responses: (\d+)$/m.exec(text)?.[1] ?? '0';
  const faults = [...sockets.matchAll(/\d+/g), [statuses]];
  const failed = faults.reduce((sum, [count]) => sum + Number(count), 0);
  return { requests: Number(requests), seconds: Number(seconds), failed };
}

function readHey(text: string): Summary {
  const seconds = Number(/^\s*Total:\s+([\d.]+) secs$/m.exec(text)?.[1]);
  const statuses = [...text.matchAll(/^\s*\[(\d+)\]\s+(\d+) responses$/gm)];
  const errors = [...text.matchAll(/^\s*\[(\d+)\]\s+(?!\d+ responses$).+$/gm)];
  let requests = 0;
  let failed = errors.reduce((sum, [, count]) => sum + Number(count), 0);
  for (const [, status, count] of statuses) {
    if (status === '200') requests += Number(count);
    else failed += Number(count);
  }
  return { requests, seconds, failed };
}
