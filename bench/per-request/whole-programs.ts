import type { Outcome } from '../measurements.js';
import type { Tool } from '../peers.js';
import type { Command } from '../pinning.js';
import { LWASYNC } from '../scripts.js';
import { readCalls, readHey, readWrk, type Summary } from '../summaries.js';
import { runWhole } from '../whole-run.js';
import { figuresOf, type Contender, type Figure, type Load } from './contender.js';

// On few connections a second would go by before the command had warmed up.
const FEWEST_OF_COMMAND = 50;

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
  const command = ({ url, connections }: Load): Command => [
    process.execPath,
    LWASYNC,
    ...words(`async -n ${calls} -c ${connections} --on loop --no-parse`),
    url,
  ];
  const contender = wholeProgram('lwasync async --on loop', readCalls, command);
  return { ...contender, fewest: FEWEST_OF_COMMAND };
}

function wholeProgram(
  name: string,
  read: (text: string) => Summary,
  command: (load: Load) => Command,
): Contender {
  const measure = async (load: Load): Promise<Outcome<Figure>> => {
    const { pinning, signal } = load;
    const run = await runWhole(pinning.client(command(load)), read, { signal });
    return run.kind === 'none' ? run : figuresOf(run);
  };
  return { name, fewest: 1, measure };
}

function words(text: string): string[] {
  return text.split(' ');
}
