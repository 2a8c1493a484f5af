import type { BenchContext, Block, Group } from '../group.js';
import { pinningWith } from '../pinning.js';
import { measureInRounds, type Job } from '../rounds.js';
import { chapter } from './chapter.js';
import { measureServer, type Figure } from './load.js';
import { planFor, settingOf } from './plan.js';
import { serversFor } from './servers.js';

/** Servers that send back a kilobyte, on our loop and on others. */
export const echo: Group = { name: 'echo', title: 'Echo servers', measure };

async function measure(context: BenchContext): Promise<readonly Block[]> {
  const { peers, rounds } = context;
  const plan = planFor(context);
  const pinning = pinningWith(peers.taskset, 'together');
  const servers = serversFor(peers);
  const jobs = plan.connections.flatMap((connections) =>
    servers.map((server): Job<Figure> => ({
      subject: { name: server.name, setting: settingOf(connections) },
      measure: (signal) => measureServer(server, connections, plan, pinning, signal),
    })),
  );
  const measurements = await measureInRounds(jobs, context);
  return chapter(measurements, { plan, pinning, servers, rounds });
}
