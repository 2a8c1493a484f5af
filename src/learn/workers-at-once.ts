import type { WorkerEvent } from './attempt-protocol.js';

/** The most workers that were at work at once, by what was handed to them and what came back. */
export function mostAtWork(events: readonly WorkerEvent[]): number {
  const handed = new Set(events.filter(({ what }) => what === 'asked').map(({ worker }) => worker));
  const unanswered = new Map<number, number>();
  let most = 0;
  for (const { worker, what } of events) {
    const before = unanswered.get(worker) ?? 0;
    // One that is handed nothing has its work from the begin.
    if (what === 'began') unanswered.set(worker, handed.has(worker) ? 0 : 1);
    else if (what === 'asked') unanswered.set(worker, before + 1);
    else unanswered.set(worker, what === 'ended' ? 0 : Math.max(before - 1, 0));
    most = Math.max(most, [...unanswered.values()].filter((number) => number > 0).length);
  }
  return most;
}

/** The most workers there at once, each from its begin to its last answer: one that is told to end takes a moment to do so. */
export function mostThere(events: readonly WorkerEvent[]): number {
  const last = new Map<number, WorkerEvent>();
  for (const event of events) {
    const isAnswer = event.what === 'answered';
    if (isAnswer || (event.what === 'ended' && !last.has(event.worker))) {
      last.set(event.worker, event);
    }
  }
  const there = new Set<number>();
  let most = 0;
  for (const event of events) {
    if (event.what === 'began') there.add(event.worker);
    else if (last.get(event.worker) === event) there.delete(event.worker);
    most = Math.max(most, there.size);
  }
  return most;
}
