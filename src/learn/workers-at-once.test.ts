import { describe, expect, it } from 'vitest';
import type { WorkerEvent } from './attempt-protocol.js';
import { mostAtWork, mostThere } from './workers-at-once.js';

/** Of `0 began, 0 asked`. */
function eventsOf(text: string): WorkerEvent[] {
  const kinds = ['began', 'asked', 'answered', 'ended'] as const;
  return text.split(', ').map((part, atMs) => {
    const what = kinds.find((kind) => part.endsWith(kind));
    if (what === undefined) throw new Error(`no event: ${part}`);
    return { worker: Number.parseInt(part, 10), what, atMs };
  });
}

describe('workers', () => {
  it('are at work at once when both have been handed something and neither has answered', () => {
    const begun = '0 began, 1 began';
    expect(mostAtWork(eventsOf(`${begun}, 0 asked, 1 asked, 0 answered, 1 answered`))).toBe(2);
    expect(mostAtWork(eventsOf(`${begun}, 0 asked, 0 answered, 1 asked, 1 answered`))).toBe(1);
    expect(mostAtWork(eventsOf(`${begun}, 0 asked, 0 ended, 1 asked, 1 answered`))).toBe(1);
  });

  it('are at work until all that they were handed is answered', () => {
    const events = '0 began, 1 began, 0 asked, 0 asked, 0 answered, 1 asked, 0 answered';
    expect(mostAtWork(eventsOf(events))).toBe(2);
  });

  it('that are handed nothing are at work from their begin', () => {
    expect(mostAtWork(eventsOf('0 began, 1 began, 0 answered, 1 answered'))).toBe(2);
    expect(mostAtWork(eventsOf('0 began, 0 answered, 0 ended, 1 began, 1 answered'))).toBe(1);
  });

  it('are there until their last answer, or their end', () => {
    expect(mostThere(eventsOf('0 began, 1 began, 0 answered, 1 answered'))).toBe(2);
    expect(mostThere(eventsOf('0 began, 0 answered, 1 began, 0 ended, 1 answered'))).toBe(1);
    expect(mostThere(eventsOf('0 began, 0 ended, 1 began, 1 answered'))).toBe(1);
    expect(mostThere(eventsOf('0 began, 0 answered, 1 began, 1 answered, 0 answered'))).toBe(2);
  });
});
