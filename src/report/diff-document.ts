import { median, sortSamples } from '../statistics/sorted-samples.js';
import type {
  PartDiff,
  RunDiff,
  SavedMeasurement,
  SavedPart,
  SlowdownResult,
} from '../statistics/run-diff.js';
import { diffSentences } from './diff-text.js';

/** What a limit on slowing down led to. */
export interface CheckedSlowdown {
  readonly most: number;
  readonly parts: readonly { readonly name: string; readonly result: SlowdownResult }[];
}

/** What changed from one measurement to another as one JSON document, times in seconds; `schemas/diff.schema.json`. */
export function diffDocument(
  kind: SavedMeasurement['kind'],
  diff: RunDiff,
  checked: CheckedSlowdown | undefined,
): object {
  return {
    schema: 'lwasync.diff/1',
    kind,
    circumstances: diff.circumstances,
    parts: diff.parts.map((part) => partDocument(part)),
    onlyBefore: diff.onlyBefore,
    onlyAfter: diff.onlyAfter,
    maxSlowdown: checked === undefined ? null : { share: checked.most, parts: checked.parts },
    sentence: diffSentences(diff).join(' '),
  };
}

function partDocument({ name, before, after, slowdown, change }: PartDiff): object {
  return {
    name,
    change,
    slowdown: slowdown?.ratio ?? null,
    ci95: slowdown?.interval ?? null,
    before: sideDocument(before),
    after: sideDocument(after),
  };
}

function sideDocument(part: SavedPart): object {
  return {
    rounds: part.seconds.length,
    median: median(sortSamples(part.seconds)) ?? null,
    throughput: part.throughput ?? null,
    p50: part.p50 ?? null,
    p99: part.p99 ?? null,
    ratio: part.ratio?.ratio ?? null,
    ratioCi95: part.ratio?.interval ?? null,
    failed: part.failed,
  };
}
