// Given, and right as it is: two ways to read a page.
import { makeOneCall } from 'lwasync/client-asynchronous';
import { makeOneCall as blockingGet } from 'lwasync/client-synchronous';

/** A part of a long list. */
export interface Page {
  readonly page: number;
  /** The address of the page after it; nobody can know it without this page. */
  readonly next: string;
}

/** Reads a page and returns it; the thread is held until it is there. */
export function readPageBlocking(address: string): Page {
  return toPage(blockingGet(address));
}

/** Begins to read a page and returns a promise of it; the thread is free until it is there. */
export async function readPage(address: string): Promise<Page> {
  return toPage(await makeOneCall(address));
}

function toPage(answer: unknown): Page {
  const { page, next }: Record<string, unknown> = Object(answer);
  if (typeof page !== 'number' || typeof next !== 'string') throw new Error('this is no page');
  return { page, next };
}
