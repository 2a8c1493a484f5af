import {
  build,
  decodeFromCompressedBase64,
  encodeIntoCompressedBase64,
  JsHistogram,
} from 'hdr-histogram-js';
import { UsageError } from '../core/errors.js';
import { LatencyHistogram, LONGEST_MS } from '../core/latency-histogram.js';

const LONGEST_US = LONGEST_MS * 1000;

/** A histogram as the base64 text of HdrHistogram's compressed encoding V2, which other tools read; in microseconds. */
export function encodeHistogram(histogram: LatencyHistogram): string {
  const standard = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: LONGEST_US,
    numberOfSignificantValueDigits: 3,
    autoResize: false,
    bitBucketSize: 64,
  });
  for (const [lowestUs, times] of histogram.cells()) standard.recordValueWithCount(lowestUs, times);
  return encodeIntoCompressedBase64(standard);
}

/**
 * The histogram that `encodeHistogram` described, shortest and longest to three digits.
 *
 * @throws {UsageError} when the text is no such encoding, or is one in other units.
 */
export function decodeHistogram(text: string): LatencyHistogram {
  const histogram = new LatencyHistogram();
  const standard = decoded(text);
  for (let index = 0; index < standard.countsArrayLength; index += 1) {
    const times = standard.getCountAtIndex(index);
    if (times > 0) histogram.addValue(Math.min(standard.valueFromIndex(index), LONGEST_US), times);
  }
  return histogram;
}

function decoded(text: string): JsHistogram {
  try {
    const standard = decodeFromCompressedBase64(text, 64, false);
    if (standard instanceof JsHistogram) return standard;
  } catch (error) {
    throw new UsageError('expected a histogram in the compressed encoding of HdrHistogram', {
      cause: error,
    });
  }
  throw new UsageError('expected a histogram with one value in each of its cells');
}
