import type { WaitingCall } from 'lwasync/learn';

export const FILES = 20;
export const LIMIT = 5;

/** One call of `downloadAll`, and what becomes of its files. */
export interface Round {
  readonly number: number;
  readonly limit: number;
  /** The files that the server does not have. */
  readonly missing: readonly number[];
  /** The files that cannot be written: a folder of their name stands in their way. */
  readonly blocked: readonly number[];
  /** Which of the downloads under way ends next. */
  readonly next: (waiting: readonly WaitingCall[]) => WaitingCall | undefined;
  /** After how many ends the check waits whether anything comes that should not. */
  readonly pauses: readonly number[];
  /** After how many ends the head of the next answer comes a while before its bytes; the server has that file. */
  readonly heads: readonly number[];
}

/** The first round lets the newest download end, the second what fails, and the others whichever comes by the draw. */
export function roundsOf(random: () => number): Round[] {
  const whichever = (waiting: readonly WaitingCall[]): WaitingCall | undefined =>
    waiting[Math.floor(random() * waiting.length)];
  const all = { missing: [], blocked: [], next: whichever, pauses: [0], heads: [] };
  const oneOf = (from: number): number => from + Math.floor(random() * 6);
  const missing = [0, oneOf(1), FILES - 1];
  const blocked = [oneOf(10)];
  const failing = [...missing, ...blocked].map(nameOf);
  return [
    {
      ...all,
      number: FILES,
      limit: LIMIT,
      // The others stay under way as long as there is one that can end instead.
      next: (waiting) => waiting.at(-1),
      pauses: [0, 1, FILES - LIMIT],
      // What begins too early for another reason has done so by now.
      heads: [2],
    },
    {
      ...all,
      number: FILES,
      limit: LIMIT,
      missing,
      blocked,
      next: (waiting) =>
        waiting.find(({ path }) => failing.some((name) => path.endsWith(name))) ??
        whichever(waiting),
      pauses: [],
    },
    { ...all, number: 8, limit: 3, missing: [oneOf(1)] },
    { ...all, number: 5, limit: 1, missing: [1] },
    { ...all, number: 9, limit: 7 },
    { ...all, number: 4, limit: 10 },
  ];
}

/** The last part of the path of a file. */
export function nameOf(index: number): string {
  return `photo-${String(index + 1).padStart(2, '0')}.bin`;
}

/** Which file a call asks for. */
export function indexOf({ path }: WaitingCall): number {
  return Number.parseInt(/photo-(\d+)/.exec(path)?.[1] ?? '0', 10) - 1;
}
