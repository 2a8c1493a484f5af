import { describe, expect, it } from 'vitest';
import { planFiles } from './file-names.js';
import { FileState } from './file-state.js';
import { ProgressMeter } from './progress-meter.js';

function statesOf(...names: string[]): FileState[] {
  const items = names.map((name) => ({ url: `http://example.org/${name}` }));
  return planFiles(items).map((file) => new FileState(file));
}

describe('the progress of a batch', () => {
  it('adds up what is there, and says how many lengths are unknown', () => {
    const states = statesOf('a', 'b', 'c');
    const [a, b] = states;
    Object.assign(a ?? {}, { startMs: 0, sizeBytes: 10, receivedBytes: 4, fetchedBytes: 1 });
    Object.assign(b ?? {}, { startMs: 0, endMs: 5, outcome: 'failed' });
    expect(new ProgressMeter(states).look(100)).toMatchObject({
      files: 3,
      finished: 1,
      failed: 1,
      receivedBytes: 4,
      knownBytes: 10,
      unknownSizes: 2,
      active: [{ name: 'a', receivedBytes: 4, sizeBytes: 10 }],
    });
  });

  it('has the rate of the last second and a half, of bytes that came and not of those that were there', () => {
    const states = statesOf('a');
    const [a] = states;
    Object.assign(a ?? {}, { startMs: 0, receivedBytes: 1_000_000 });
    const meter = new ProgressMeter(states);
    const rates = new Map<number, readonly (number | undefined)[]>();
    for (let ms = 0; ms <= 4000; ms += 100) {
      // 1 kB/s for two seconds, then 5 kB/s.
      const fetchedBytes = ms <= 2000 ? ms : 2000 + (ms - 2000) * 5;
      Object.assign(a ?? {}, { fetchedBytes });
      const { bytesPerSecond, active } = meter.look(ms);
      rates.set(
        ms,
        [bytesPerSecond, active[0]?.bytesPerSecond].map((rate) => Math.round(rate ?? 0)),
      );
    }
    expect(rates.get(2000)).toEqual([1000, 1000]);
    expect(rates.get(4000)).toEqual([5000, 5000]);
  });

  it('names the files in flight, fastest first', () => {
    const states = statesOf('slow', 'fast', 'waiting');
    const [slow, fast] = states;
    const meter = new ProgressMeter(states);
    Object.assign(slow ?? {}, { startMs: 0 });
    Object.assign(fast ?? {}, { startMs: 0 });
    meter.look(0);
    Object.assign(slow ?? {}, { fetchedBytes: 10 });
    Object.assign(fast ?? {}, { fetchedBytes: 20 });
    expect(meter.look(100).active.map(({ name }) => name)).toEqual(['fast', 'slow']);
  });
});
