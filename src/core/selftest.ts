/** One thing that is known beforehand, and what was measured of it. */
export interface SelftestCheck {
  /** What was measured. */
  readonly name: string;
  readonly expected: string;
  readonly found: string;
  readonly passed: boolean;
}
