import type { BenchContext, Block, Group } from '../group.js';
import { pinningWith } from '../pinning.js';
import { measureInRounds, type Job } from '../rounds.js';
import { chapter } from './chapter.js';
import type { Figure } from './contender.js';
import { contendersFor } from './contenders.js';
import { startNginx } from '../nginx.js';
import { planFor, settingOf } from './plan.js';

/** The processor's time that a client spends on a request, beside clients in C, Go, JavaScript and Python. */
export const perRequest: Group = {
  name: 'per-request',
  title: 'CPU per request',
  measure,
};

async function measure(context: BenchContext): Promise<readonly Block[]> {
  const { peers, signal } = context;
  if (peers.nginx === undefined) {
    return [{ kind: 'paragraph', text: 'nginx is not installed, so this was not measured.' }];
  }
  const plan = planFor(context);
  const { warmupS, measuredS, commandCalls } = plan;
  const pinning = pinningWith(peers.taskset, 'together');
  const contenders = contendersFor(peers, commandCalls);
  const nginx = await startNginx(peers.nginx, pinning, signal);
  try {
    const jobs = plan.connections.flatMap((connections) =>
      contenders
        .filter(({ fewest }) => connections >= fewest)
        .map((contender): Job<Figure> => {
          const load = { url: nginx.url, connections, warmupS, measuredS, pinning, signal };
          return {
            subject: { name: contender.name, setting: settingOf(connections) },
            measure: () => contender.measure(load),
          };
        }),
    );
    const measurements = await measureInRounds(jobs, context);
    return chapter(measurements, { plan, contenders, pinning, rounds: context.rounds });
  } finally {
    await nginx.stop();
  }
}
