/** `inconclusive` where something else was measured than is known and other programs had the cores meanwhile. */
export type SelftestResult = 'passed' | 'failed' | 'inconclusive';

/** One thing that is known beforehand, and what was measured of it. */
export interface SelftestCheck {
  /** What was measured. */
  readonly name: string;
  readonly expected: string;
  readonly found: string;
  readonly result: SelftestResult;
}

/** What checks say together: one that failed outweighs those that do not tell. */
export function resultOf(checks: readonly SelftestCheck[]): SelftestResult {
  const results = new Set(checks.map(({ result }) => result));
  if (results.has('failed')) return 'failed';
  return results.has('inconclusive') ? 'inconclusive' : 'passed';
}
