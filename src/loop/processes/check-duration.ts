import { UsageError } from '../../core/errors.js';
import type { Milliseconds } from '../../core/units.js';

/** @throws {UsageError} when it is no length of time. */
export function checkDuration(name: string, durationMs: Milliseconds): void {
  if (Number.isFinite(durationMs) && durationMs >= 0) return;
  throw new UsageError(`expected ${name} in milliseconds, at least 0, got ${durationMs}`);
}
