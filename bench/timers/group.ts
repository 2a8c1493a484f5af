import type { BenchContext, Block, Group } from '../group.js';
import { pinningWith } from '../pinning.js';
import { measureInRounds, type Job } from '../rounds.js';
import { formatCount } from '../samples.js';
import { chapter } from './chapter.js';
import { contendersFor, measureContender, type Figure } from './contenders.js';
import { planFor } from './plan.js';

/** What it costs to have something called later, or soon. */
export const timers: Group = { name: 'timers', title: 'Timers and callbacks', measure };

async function measure(context: BenchContext): Promise<readonly Block[]> {
  const { peers, rounds } = context;
  const plan = planFor(context);
  const pinning = pinningWith(peers.taskset, 'apart');
  const rows = contendersFor(peers).map((contender) => ({
    contender,
    subject: { name: contender.name, setting: formatCount(plan.timers * contender.part) },
  }));
  const jobs = rows.map(({ contender, subject }): Job<Figure> => ({
    subject,
    measure: (signal) => measureContender(contender, plan, pinning, signal),
  }));
  const measurements = await measureInRounds(jobs, context);
  const subjects = rows.map(({ subject }) => subject);
  return chapter(measurements, { plan, subjects, pinning, rounds });
}
