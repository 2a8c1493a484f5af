// The thread that makes the calls of a blocked one; see `blocking-connections.ts`.
import { CallError } from '../core/call-error.js';
import type { Connecting } from '../core/run.js';
import type { BridgeAnswer } from './bridge-protocol.js';
import type { CallQuestion, CallReply } from './bridged-calls.js';
import { Connections } from './connections.js';
import { serveBridge } from './serve-bridge.js';

const NONE: Connecting = { connections: 0, durationMs: 0 };
const pools = new Map<number, Connections>();

serveBridge<CallQuestion, CallReply>(async (question) => {
  try {
    return await answer(question);
  } catch (error) {
    if (error instanceof CallError) return { kind: 'failed', error: error.toRecord() };
    throw error;
  }
});

async function answer(question: CallQuestion): Promise<BridgeAnswer<CallReply>> {
  switch (question.kind) {
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
