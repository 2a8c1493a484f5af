import { describe, expect, it } from 'vitest';
import { NO_RESOURCES } from '../core/run.js';
import { RoundCollector } from './round-collector.js';

const NO_CONNECTING = { connections: 0, durationMs: 0 };

function collectorOfOne(): RoundCollector {
  const collector = new RoundCollector(1, false, false);
  collector.calls.begin(0, 0);
  return collector;
}

describe('a round', () => {
  it('that its thread has ended keeps the very columns that the thread wrote to', () => {
    const collector = collectorOfOne();
    collector.calls.end(0, 1, 200);
    collector.take({ kind: 'done', wallMs: 1, connecting: NO_CONNECTING, seen: NO_RESOURCES });
    const { calls } = collector.assemble(1, NO_CONNECTING, NO_RESOURCES);
    expect(calls.buffer).toBe(collector.calls.buffer);
  });

  it('that is cut short is what there was then, whatever its thread writes afterwards', () => {
    const collector = collectorOfOne();
    const { calls } = collector.assemble(1, NO_CONNECTING, NO_RESOURCES);
    collector.calls.end(0, 2, 200);
    expect(calls.tally()).toEqual({ begun: 1, ok: 0, failed: 0 });
    expect(calls.outcome(0)).toBe('in flight');
  });
});
