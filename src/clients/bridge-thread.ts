// The thread that works for a blocked one; see `blocking-bridge.ts`.
import { workerData, type MessagePort } from 'node:worker_threads';
import { CallError } from '../core/call-error.js';
import { messageOf } from '../core/errors.js';
import type { Connecting } from '../core/run.js';
import type { BridgeAnswer, BridgeMessage, BridgeQuestion } from './bridge-protocol.js';
import { Connections } from './connections.js';

const { port, replies }: { port: MessagePort; replies: Int32Array } = workerData;
const NONE: Connecting = { connections: 0, durationMs: 0 };
const pools = new Map<number, Connections>();

port.on('message', ({ number, question }: BridgeMessage) => {
  void answer(question)
    .catch((error: unknown) => refusal(error))
    .then((reply) => {
      port.postMessage({ number, answer: reply });
      Atomics.add(replies, 0, 1);
      Atomics.notify(replies, 0);
    });
});

async function answer(question: BridgeQuestion): Promise<BridgeAnswer> {
  switch (question.kind) {
    case 'echo':
      return { kind: 'done' };
    case 'call':
      return {
        kind: 'answered',
        answer: await opened(question.pool).call(question.request, question.index),
      };
    case 'connecting':
      return { kind: 'connecting', connecting: pools.get(question.pool)?.connecting() ?? NONE };
    case 'close':
      await pools.get(question.pool)?.close();
      pools.delete(question.pool);
      return { kind: 'done' };
  }
}

function opened(pool: number): Connections {
  const connections = pools.get(pool) ?? new Connections();
  pools.set(pool, connections);
  return connections;
}

function refusal(error: unknown): BridgeAnswer {
  if (error instanceof CallError) return { kind: 'failed', error: error.toRecord() };
  return { kind: 'fault', message: messageOf(error) };
}
