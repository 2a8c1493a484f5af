import type { Tool } from '../peers.js';
import { complaintOf, runProgram } from '../process.js';
import type { Contender, Outcome } from './contender.js';

const TIMEOUT_S = 30;

/** hey with as many workers as calls; a worker makes one call on a connection of its own, so it is always cold. */
export function hey(tool: Tool): Contender {
  return {
    name: 'hey',
    manner: 'asynchronous',
    states: ['cold'],
    measure: async ({ url, number, signal }) => {
      const calls = String(number);
      const words = ['-n', calls, '-c', calls, '-t', String(TIMEOUT_S), url];
      const result = await runProgram(tool.file, words, { signal });
      const text = result.kind === 'ended' ? result.stdout : '';
      const cold = readHey(text, number) ?? { kind: 'none', reason: complaintOf(result) };
      return { cold };
    },
  };
}

/** What hey's summary of `number` calls says; every call without a status of 200 to 299 failed. */
function readHey(text: string, number: number): Outcome | undefined {
  const seconds = Number(/^\s*Total:\s+([\d.]+) secs$/m.exec(text)?.[1]);
  if (Number.isNaN(seconds)) return undefined;
  const statuses = [...text.matchAll(/^\s*\[2\d\d\]\s+(\d+) responses$/gm)];
  const ok = statuses.reduce((sum, [, count]) => sum + Number(count), 0);
  return { kind: 'time', seconds, failed: number - ok };
}
