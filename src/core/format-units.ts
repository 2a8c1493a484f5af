import type { Bytes, Milliseconds, Seconds } from './units.js';

/** A length of time for people, a few digits and a unit: `85 ns`, `850 µs`, `12.3 ms`, `2.035 s`, `3 min 20 s`. */
export function formatDuration(duration: Milliseconds): string {
  if (duration < 0.0009995) return duration === 0 ? '0 s' : `${Math.round(duration * 1e6)} ns`;
  if (duration < 0.9995) return `${Math.round(duration * 1000)} µs`;
  if (duration < 99.95) return `${duration.toFixed(duration < 9.995 ? 2 : 1)} ms`;
  if (duration < 999.5) return `${Math.round(duration)} ms`;
  if (duration < 99_995) return `${(duration / 1000).toFixed(duration < 9999.5 ? 3 : 2)} s`;
  const seconds = Math.round(duration / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** A count for people: `9`, `5,000`. */
export function formatCount(count: number): string {
  // Not with Intl, which costs a short command more than its call.
  return count.toFixed(0).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
}

/** `1 file`, `20 files`. */
export function counted(number: number, noun: string): string {
  return number === 1 ? `1 ${noun}` : `${formatCount(number)} ${noun}s`;
}

/** `1 call`, `20 calls`. */
export function countedCalls(number: number): string {
  return counted(number, 'call');
}

/** A multiple for people, three significant digits: `1.02x`, `9.81x`, `19.5x`, `2,366x`. */
export function formatRatio(ratio: number): string {
  return `${formatSignificant(ratio)}x`;
}

/** A number for people, three significant digits and no exponent: `0.99`, `9.81`, `48.2`, `2,366`. */
export function formatSignificant(value: number): string {
  if (Math.abs(value) >= 99.95) return formatCount(value);
  return value.toFixed(Math.abs(value) >= 9.995 ? 1 : 2);
}

/** A share for people: `98 %`. */
export function formatShare(share: number): string {
  return `${(share * 100).toFixed(share > 0.0995 || share === 0 ? 0 : 1)} %`;
}

/** A size for people in decimal units: `512 B`, `1 MB`, `1.5 GB`. */
export function formatSize(size: Bytes): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let scaled = size;
  let index = 0;
  while (scaled >= 1000 && index < units.length - 1) {
    scaled /= 1000;
    index += 1;
  }
  return `${Number(scaled.toFixed(1))} ${units[index]}`;
}

/** Seconds for machines: milliseconds divided by 1000, rounded to the nanosecond so that no noise digits are printed. */
export function toSeconds(duration: Milliseconds): Seconds {
  return Math.round(duration * 1e6) / 1e9;
}
