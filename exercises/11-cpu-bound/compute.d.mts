/** Something to compute. */
export type Job =
  | { readonly kind: 'pi'; readonly digits: number }
  | { readonly kind: 'matrix'; readonly size: number };

/** Computes a job: the first digits of π, or the sum of all numbers in the product of two matrices. */
export function compute(job: Job): string;
