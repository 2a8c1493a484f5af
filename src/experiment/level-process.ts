// A process that makes rounds of one task, for what can only be set when a process starts; see `level-process-host.ts`.
import { messageOf } from '../core/errors.js';
import type { LevelAnswer, LevelOrder } from './level-protocol.js';
import { ModeWorker } from './mode-worker.js';

let worker: ModeWorker | undefined;

async function makeRound(order: LevelOrder): Promise<LevelAnswer> {
  const { number, concurrency, mode } = order;
  try {
    worker ??= await ModeWorker.start({ name: mode, ...order });
    const { calls, ...round } = await worker.startRound(number, concurrency, false).result;
    return {
      kind: 'round',
      wallMs: round.wallMs,
      resources: round.resources,
      columns: new Uint8Array(calls.buffer).slice(),
      failures: round.failures,
      connecting: round.connecting,
    };
  } catch (error) {
    return { kind: 'failed', message: messageOf(error) };
  }
}

// Ctrl-C reaches every process of the terminal; when to end is for the parent to say.
process.on('SIGINT', () => {});
process.once('disconnect', () => void worker?.stop());
process.on('message', (order: LevelOrder) => {
  void makeRound(order).then((answer) => process.send?.(answer));
});
