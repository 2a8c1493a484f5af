import { workerData, type MessagePort } from 'node:worker_threads';
import { messageOf } from '../core/errors.js';
import type { BridgeAnswer, BridgeMessage } from './bridge-protocol.js';

/** What the thread that works for a blocked one is started with; `data` is what its own kind needs. */
export interface BridgeThreadData<Data = unknown> {
  readonly port: MessagePort;
  readonly replies: Int32Array;
  readonly data: Data;
}

/** Answers a question of its own kind. */
type Answering<Asked, Told> = (question: Asked) => Promise<BridgeAnswer<Told>>;

/**
 * Answers the questions of a blocked thread in the thread that `BlockingBridge` started, each with what `answer` resolves
 * to. What it rejects with is handed over as a sentence.
 */
export function serveBridge<Asked extends { readonly kind: string }, Told>(
  answer: Answering<Asked, Told>,
): void {
  const { port, replies }: BridgeThreadData = workerData;
  const reply = async (
    question: Asked | { readonly kind: 'echo' },
  ): Promise<BridgeAnswer<Told>> => {
    if (isEcho(question)) return { kind: 'done' };
    try {
      return await answer(question);
    } catch (error) {
      return { kind: 'fault', message: messageOf(error) };
    }
  };
  port.on('message', ({ number, question }: BridgeMessage<Asked>) => {
    void reply(question).then((answered) => {
      port.postMessage({ number, answer: answered });
      Atomics.add(replies, 0, 1);
      Atomics.notify(replies, 0);
    });
  });
}

function isEcho(question: { readonly kind: string }): question is { readonly kind: 'echo' } {
  return question.kind === 'echo';
}
