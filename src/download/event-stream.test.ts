import { describe, expect, it } from 'vitest';
import type { DownloadEvent, DownloadProgress } from '../core/download.js';
import { EventStream } from './event-stream.js';

function progress(receivedBytes: number): DownloadEvent {
  const still: DownloadProgress = {
    elapsedMs: 0,
    files: 1,
    finished: 0,
    failed: 0,
    receivedBytes,
    knownBytes: 0,
    unknownSizes: 1,
    bytesPerSecond: 0,
    active: [],
  };
  return { kind: 'progress', progress: still };
}

function restarted(reason: string): DownloadEvent {
  return { kind: 'restarted', index: 0, name: 'a', reason };
}

async function read(events: EventStream): Promise<DownloadEvent[]> {
  const all: DownloadEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

describe('a stream of events', () => {
  it('hands them over in order, and ends', async () => {
    const events = new EventStream();
    const all = read(events);
    events.push(restarted('first'));
    await Promise.resolve();
    events.push(restarted('second'));
    events.end();
    expect(await all).toEqual([restarted('first'), restarted('second')]);
  });

  it('keeps only the latest of the progress that nobody has read', async () => {
    const events = new EventStream();
    for (let bytes = 1; bytes <= 1000; bytes += 1) events.push(progress(bytes));
    events.push(restarted('between'));
    events.push(progress(1001));
    events.push(progress(1002));
    events.end();
    expect(await read(events)).toEqual([progress(1000), restarted('between'), progress(1002)]);
  });

  it('fails after the events that wait', async () => {
    const events = new EventStream();
    events.push(restarted('first'));
    events.end(new Error('a fault of ours'));
    const seen: DownloadEvent[] = [];
    const all = (async () => {
      for await (const event of events) seen.push(event);
    })();
    await expect(all).rejects.toThrow('a fault of ours');
    expect(seen).toEqual([restarted('first')]);
  });

  it('wakes a reader that waits when it ends', async () => {
    const events = new EventStream();
    const all = read(events);
    await new Promise((resolve) => setImmediate(resolve));
    events.end();
    expect(await all).toEqual([]);
  });
});
