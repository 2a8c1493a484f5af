import * as asynchronous from '../../../src/clients/asynchronous.js';
import * as synchronous from '../../../src/clients/synchronous.js';
import { CallsFailedError } from '../../../src/core/call-error.js';
import type { ManyCallsOptions } from '../../../src/clients/call-options.js';

/** How many calls a test makes. */
export const CALLS = 50;

type MakeManyCalls = (n: number, url: string, options?: ManyCallsOptions) => Promise<unknown[]>;

/** Both clients under one form; the synchronous one blocks all the same. */
export const CLIENTS: readonly (readonly [name: string, makeManyCalls: MakeManyCalls])[] = [
  ['synchronous', async (n, url, options) => synchronous.makeManyCalls(n, url, options)],
  ['asynchronous', asynchronous.makeManyCalls],
];

/** The error of calls of which some must fail. */
export async function failureOf(calls: Promise<unknown[]>): Promise<CallsFailedError> {
  try {
    await calls;
  } catch (error) {
    if (error instanceof CallsFailedError) return error;
    throw error;
  }
  throw new Error('expected some calls to fail, and none did');
}

/** The number under `key` of an answer. */
export function numberIn(answer: unknown, key: string): number {
  const value: unknown =
    typeof answer === 'object' && answer !== null ? Reflect.get(answer, key) : undefined;
  if (typeof value === 'number') return value;
  throw new Error(`expected a number under ${key}, got ${JSON.stringify(answer)}`);
}

/** As many times the same answer as calls are made. */
export function fiftyTimes(answer: unknown): unknown[] {
  return Array.from({ length: CALLS }, () => answer);
}
