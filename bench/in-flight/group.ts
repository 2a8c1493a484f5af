import type { BenchContext, Block, Group } from '../group.js';
import { pinningWith } from '../pinning.js';
import { measureInRounds, type Job } from '../rounds.js';
import { formatCount } from '../samples.js';
import { chapter } from './chapter.js';
import { CLIENTS, measureClient, type Figure } from './client.js';
import { planFor } from './plan.js';

/** Thousands of calls in flight together, by clients on our loop and on Node's. */
export const inFlight: Group = {
  name: 'in-flight',
  title: 'Calls in flight together',
  measure,
};

async function measure(context: BenchContext): Promise<readonly Block[]> {
  const plan = planFor(context);
  const pinning = pinningWith(context.peers.taskset, 'apart');
  const setting = `${formatCount(plan.number)} calls`;
  const jobs = CLIENTS.map((client): Job<Figure> => ({
    subject: { name: client.name, setting },
    measure: (signal) => measureClient(client, plan, pinning, signal),
  }));
  const measurements = await measureInRounds(jobs, context);
  return chapter(measurements, { plan, pinning, setting, rounds: context.rounds });
}
