import { numberAt, parseJson } from '../json.js';
import type { Tool } from '../peers.js';
import { complaintOf, runProgram } from '../process.js';
import type { Contender, Outcome } from './contender.js';

const TIMEOUT_S = 30;
// autocannon looks only at the end of a sampling interval whether it is done, after 1 s unless told otherwise, and takes
// that moment for the end. So its times are up to this much too long.
const SAMPLE_MS = 10;

/** autocannon with as many connections as calls; each makes one call, so it is always cold. */
export function autocannon(tool: Tool): Contender {
  return {
    name: 'autocannon',
    manner: 'asynchronous',
    states: ['cold'],
    measure: async ({ url, number, signal }) => {
      const calls = ['-a', String(number), '-c', String(number)];
      const words = [...calls, '-t', String(TIMEOUT_S), '-L', String(SAMPLE_MS), '--json', url];
      const result = await runProgram(tool.file, words, { signal });
      const text = result.kind === 'ended' ? result.stdout : '';
      const cold = readAutocannon(text, number) ?? { kind: 'none', reason: complaintOf(result) };
      return { cold };
    },
  };
}

/** What autocannon's JSON about `number` calls says; every call without a status of 200 to 299 failed. */
function readAutocannon(text: string, number: number): Outcome | undefined {
  const seconds = numberAt(parseJson(text), 'duration');
  const ok = numberAt(parseJson(text), '2xx');
  if (seconds === undefined || ok === undefined) return undefined;
  return { kind: 'time', seconds, failed: number - ok };
}
