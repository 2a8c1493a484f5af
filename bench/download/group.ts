import type { BenchContext, Block, Group } from '../group.js';
import type { Measurements } from '../measurements.js';
import { startNginx } from '../nginx.js';
import type { Tool } from '../peers.js';
import { UNPINNED } from '../pinning.js';
import { chapterOf } from './chapter.js';
import { OURS, peerContenders, type Contender } from './contenders.js';
import { measureDownloads, type DownloadFigure, type Work } from './measure.js';
import { writeOrder } from './order.js';
import { planFor, settingsOf, type Plan } from './plan.js';
import { makeRoom, type Room } from './room.js';
import { makeSources } from './sources.js';

/** Downloading: many files together, small ones, and a long one, beside the tools that people use. */
export const download: Group = { name: 'download', title: 'Downloading', measure };

async function measure(context: BenchContext): Promise<readonly Block[]> {
  const { peers, rounds } = context;
  if (peers.nginx === undefined) return notMeasured('nginx is not installed');
  const plan = planFor(context);
  const room = await makeRoom(plan);
  if ('missing' in room) return notMeasured(room.missing);
  try {
    const contenders = [...OURS, ...peerContenders(peers)];
    const measurements = await measureIn(room, peers.nginx, contenders, plan, context);
    return chapterOf(measurements, contenders, plan, { place: room.description, rounds });
  } finally {
    await room.remove();
  }
}

async function measureIn(
  room: Room,
  nginxTool: Tool,
  contenders: readonly Contender[],
  plan: Plan,
  context: BenchContext,
): Promise<Measurements<DownloadFigure>> {
  const { signal, progress } = context;
  const settings = settingsOf(plan);
  progress('making the files that are downloaded');
  const sourcesOf = await makeSources(room.served, settings, signal);
  const nginx = await startNginx(nginxTool, UNPINNED, signal, room.served);
  try {
    const works: Work[] = [];
    for (const [index, setting] of settings.entries()) {
      const url = `${nginx.url}files/`;
      const order = await writeOrder(room.lists, `list-${index}`, url, sourcesOf(setting));
      works.push({ setting, order, targets: room.targets });
    }
    return await measureDownloads(contenders, works, context);
  } finally {
    await nginx.stop();
  }
}

function notMeasured(why: string): Block[] {
  return [{ kind: 'paragraph', text: `This was not measured: ${why}.` }];
}
