import type { Milliseconds } from '../core/units.js';

/** One level of a sweep as it is drawn. */
interface DrawnLevel {
  /** What is swept over: calls in flight, or calls. */
  readonly at: number;
  /** Throughput over that of the first level. */
  readonly gain: number;
  /** What the gain would be if waiting were all there is. */
  readonly ideal: number;
  /** `undefined` where no call ended well. */
  readonly latency: { readonly p50: Milliseconds; readonly p99: Milliseconds } | undefined;
}

/** Everything that the picture of a sweep shows. */
export interface SweepPicture {
  readonly title: string;
  /** The verdict in a sentence. */
  readonly description: string;
  /** What is swept over, under the axis: `calls in flight`. */
  readonly axis: string;
  /** In ascending order. */
  readonly levels: readonly DrawnLevel[];
  /** The model that fits, and the gain that it gives; `undefined` where none was fitted. */
  readonly model: { readonly name: string; readonly gain: (at: number) => number } | undefined;
  /** Where the gain stops; `undefined` where it does not. */
  readonly stop:
    | {
        readonly at: number;
        readonly range: readonly [low: number, high: number];
        readonly label: string;
      }
    | undefined;
}
