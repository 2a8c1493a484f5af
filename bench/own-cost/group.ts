import type { BenchContext, Block, Group } from '../group.js';
import type { Measurements } from '../measurements.js';
import { startNginx } from '../nginx.js';
import { pinningWith, type Pinning } from '../pinning.js';
import { contendersFor, measureCalls, type CallsFigure, type Contender } from './calls.js';
import { callsBlocks, introduction, recordingBlocks } from './chapter.js';
import { planFor, type Plan } from './plan.js';
import { measureRecording } from './recording.js';

/** What lwasync itself takes for measuring: time for each call, memory for a million, beside other load generators. */
export const ownCost: Group = { name: 'own-cost', title: 'What measuring costs', measure };

async function measure(context: BenchContext): Promise<readonly Block[]> {
  const { peers, rounds } = context;
  const plan = planFor(context);
  const pinning = pinningWith(peers.taskset, 'together');
  const contenders = contendersFor(peers, plan);
  const recording = await measureRecording(plan, pinning, context);
  const calls = await measureAgainstNginx(contenders, plan, pinning, context);
  return [
    ...introduction(pinning, rounds),
    ...recordingBlocks(recording, plan),
    ...(calls === undefined
      ? [
          {
            kind: 'paragraph',
            text: 'nginx is not installed, so nothing else was measured.',
          } as const,
        ]
      : callsBlocks(calls, contenders, plan)),
  ];
}

async function measureAgainstNginx(
  contenders: readonly Contender[],
  plan: Plan,
  pinning: Pinning,
  context: BenchContext,
): Promise<Measurements<CallsFigure> | undefined> {
  const { peers, signal } = context;
  if (peers.nginx === undefined) return undefined;
  const nginx = await startNginx(peers.nginx, pinning, signal);
  try {
    return await measureCalls(contenders, plan, { url: nginx.url, pinning }, context);
  } finally {
    await nginx.stop();
  }
}
