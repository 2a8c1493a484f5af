import { startPracticeServerProcess } from 'lwasync/server';
import type { BenchContext, Group } from '../group.js';
import { chapter } from './chapter.js';
import type { Reading } from './contender.js';
import { lwasync } from './lwasync.js';
import { contendersFor, jobsFor, planFor, type Job, type Plan } from './plan.js';
import { Results } from './results.js';
import { settled } from './settle.js';
import { runWrk } from './wrk.js';

/** N calls to a server that makes each wait, by lwasync and by the tools that people use for such work. */
export const mainJob: Group = {
  name: 'main-job',
  title: 'The main job: N calls to a server that takes its time',
  measure: async (context) => {
    const plan = planFor(context);
    const contenders = contendersFor(context.peers);
    const server = await startPracticeServerProcess({ port: 0, latencyMs: plan.latencyMs });
    try {
      const results = await measure(context, plan, server.url);
      return chapter(results, { plan, contenders, peers: context.peers, rounds: context.rounds });
    } finally {
      await server.close();
    }
  },
};

async function measure(context: BenchContext, plan: Plan, server: string): Promise<Results> {
  const { signal, rounds, progress, peers } = context;
  const url = `${server}/say-hi`;
  const results = new Results();
  const [, most] = plan.many;
  progress(`warming the server up with ${most} calls`);
  await lwasync('async').measure({ url, number: most, signal });
  const jobs = jobsFor(contendersFor(peers), plan);
  for (let round = 1; round <= rounds; round += 1) {
    // Every other round goes backwards, so that nobody profits from always coming after the same neighbour.
    for (const { contender, number } of round % 2 === 0 ? jobs.toReversed() : jobs) {
      progress(`round ${round} of ${rounds}: ${contender.name}, ${number} calls`);
      await settled(`${server}/health`, signal);
      record(results, { contender, number }, await contender.measure({ url, number, signal }));
    }
    if (peers.wrk === undefined) continue;
    for (const connections of plan.many) {
      progress(`round ${round} of ${rounds}: wrk, ${connections} connections`);
      await settled(`${server}/health`, signal);
      const order = { url, connections, durationS: plan.wrkSeconds, signal };
      results.addRate(connections, await runWrk(peers.wrk, order));
    }
  }
  return results;
}

function record(results: Results, { contender, number }: Job, reading: Reading): void {
  for (const state of contender.states) {
    const outcome = reading[state] ?? { kind: 'none', reason: 'it told no time' };
    results.add({ name: contender.name, number, state }, outcome);
  }
}
