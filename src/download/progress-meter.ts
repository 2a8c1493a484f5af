import type { DownloadProgress } from '../core/download.js';
import type { Bytes, Milliseconds } from '../core/units.js';
import type { FileState } from './file-state.js';

/** How far back a rate looks. */
const WINDOW_MS: Milliseconds = 1500;

interface Sample {
  readonly atMs: Milliseconds;
  readonly fetchedBytes: Bytes;
}

/** Sums up how far a batch is, with rates over the last second or so. Call `look` several times a second. */
export class ProgressMeter {
  readonly #states: readonly FileState[];
  readonly #all: Sample[] = [];
  readonly #each = new Map<FileState, Sample[]>();

  constructor(states: readonly FileState[]) {
    this.#states = states;
  }

  /** How far it is at `nowMs`, in milliseconds since the batch began. */
  look(nowMs: Milliseconds): DownloadProgress {
    let finished = 0;
    let failed = 0;
    let receivedBytes = 0;
    let knownBytes = 0;
    let unknownSizes = 0;
    let fetchedBytes = 0;
    for (const state of this.#states) {
      if (state.endMs !== undefined) finished += 1;
      if (state.outcome === 'failed') failed += 1;
      receivedBytes += state.receivedBytes;
      fetchedBytes += state.fetchedBytes;
      if (state.sizeBytes === undefined) unknownSizes += 1;
      else knownBytes += state.sizeBytes;
    }
    const active = this.#states.filter((state) => state.isActive);
    for (const known of this.#each.keys()) if (!known.isActive) this.#each.delete(known);
    return {
      elapsedMs: nowMs,
      files: this.#states.length,
      finished,
      failed,
      receivedBytes,
      knownBytes,
      unknownSizes,
      bytesPerSecond: rateOf(this.#all, { atMs: nowMs, fetchedBytes }),
      active: active
        .map((state) => ({
          index: state.file.index,
          name: state.file.name,
          receivedBytes: state.receivedBytes,
          sizeBytes: state.sizeBytes,
          bytesPerSecond: rateOf(this.#samplesOf(state), {
            atMs: nowMs,
            fetchedBytes: state.fetchedBytes,
          }),
        }))
        .toSorted((a, b) => b.bytesPerSecond - a.bytesPerSecond || a.index - b.index),
    };
  }

  #samplesOf(state: FileState): Sample[] {
    const samples = this.#each.get(state) ?? [{ atMs: state.startMs ?? 0, fetchedBytes: 0 }];
    this.#each.set(state, samples);
    return samples;
  }
}

// Adds a sample, forgets those that are too old, and looks how fast it was since the oldest that is left.
function rateOf(samples: Sample[], latest: Sample): number {
  samples.push(latest);
  while (samples.length > 2 && latest.atMs - (samples[0]?.atMs ?? 0) > WINDOW_MS) samples.shift();
  const [oldest = latest] = samples;
  const seconds = (latest.atMs - oldest.atMs) / 1000;
  return seconds <= 0 ? 0 : (latest.fetchedBytes - oldest.fetchedBytes) / seconds;
}
