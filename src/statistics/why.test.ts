import { describe, expect, it } from 'vitest';
import { buildMode, buildRun, buildWaves } from '../../test/support/build-run.js';
import {
  NO_RESOURCES,
  type ModeName,
  type ModeRounds,
  type Resources,
  type Round,
  type Run,
} from '../core/run.js';
import { predictions } from './predictions.js';
import { judge } from './verdict.js';
import { whyOf } from './why.js';

/** Three rounds of ten calls of 100 ms each, so many of them in flight. */
function mode(
  name: ModeName,
  inFlight: number,
  resources: (wallMs: number) => Partial<Resources>,
): ModeRounds {
  const round = (latencyMs: number): Round => {
    const waves = buildWaves(10, inFlight, latencyMs);
    return { ...waves, resources: { ...NO_RESOURCES, ...resources(waves.wallMs) } };
  };
  return buildMode(name, [round(100), round(100.1), round(100.2)], inFlight);
}

const computing = (wallMs: number): Partial<Resources> => ({
  threadCpuMs: 0.99 * wallMs,
  loop: { activeMs: wallMs, idleMs: 0, delayMaxMs: 0 },
});
const waiting = (wallMs: number): Partial<Resources> => ({
  threadCpuMs: 0.02 * wallMs,
  loop: { activeMs: 0.03 * wallMs, idleMs: 0.97 * wallMs, delayMaxMs: 0 },
});
const held = (wallMs: number): Partial<Resources> => ({ threadCpuMs: 0.02 * wallMs });

function why(modes: readonly ModeRounds[], over: Partial<Run> = {}): string | undefined {
  const run = buildRun(modes, over);
  const verdict = judge(run);
  return verdict === undefined ? undefined : whyOf(run, verdict);
}

it('there is nothing to wait for where a processor is what is needed, and threads help', () => {
  const sync = mode('sync', 1, () => ({ threadCpuMs: 1000 }));
  const async = { ...mode('async', 1, computing), concurrency: 10 };
  expect(why([sync, async, mode('threads', 2, waiting)])).toBe(
    'async gained nothing because there is nothing to wait for: the thread computed 99 % of the time (CPU bound). ' +
      'threads ran 2.00x on 2 cores.',
  );
  expect(why([sync, async, mode('threads', 1, waiting)])).not.toContain('threads ran');
});

it('asynchrony gains what was waited for', () => {
  expect(why([mode('sync', 1, held), mode('async', 10, waiting)])).toBe(
    'async gained because there was something to wait for: sync held its thread without computing 98 % of the time.',
  );
});

it('what the thread computes is what the ideal falls short by', () => {
  const short = { ...mode('async', 3, computing), concurrency: 10 };
  expect(why([mode('sync', 1, held), short])).toContain(
    'It fell short of the ideal because its thread then computed 99 % of the time.',
  );
});

it('calls that block the thread gain nothing', () => {
  const blocking = (wallMs: number): Partial<Resources> => ({
    threadCpuMs: 0.01 * wallMs,
    loop: { activeMs: wallMs, idleMs: 0, delayMaxMs: 0 },
  });
  const async = { ...mode('async', 1, blocking), concurrency: 10 };
  expect(why([mode('sync', 1, held), async])).toContain('held without computing 99 % of the time');
});

it('one call in flight gains nothing', () => {
  expect(why([mode('sync', 1, held), mode('async', 1, waiting)])).toContain(
    'it has one call in flight at a time',
  );
});

it('says nothing where the system tells nothing, and nothing of two tasks', () => {
  const sync = mode('sync', 1, () => ({}));
  expect(why([sync, mode('async', 10, () => ({}))])).toBeUndefined();
  const tasks = [
    { kind: 'pi', text: 'pi 1' },
    { kind: 'pi', text: 'pi 2' },
  ] as const;
  expect(why([mode('sync', 1, held), mode('async', 10, waiting)], { tasks })).toBeUndefined();
});

describe('of downloads', () => {
  const download = (rounds: ModeRounds): ModeRounds => ({
    ...rounds,
    task: { kind: 'download', text: 'download 10 files from a.example' },
  });

  it.each([
    [0.02, 'a faster CPU would not help'],
    [0.3, 'a faster CPU would help a little'],
    [0.9, 'a faster CPU would help'],
  ])('CPU is held against wall time, and with a share of %d says: %s', (share, sentence) => {
    const used = (userMs: number) => (): Partial<Resources> => ({ userMs, threadCpuMs: 20 });
    const sync = download(mode('sync', 1, used(share * 1001)));
    const async = download(mode('async', 10, used(12)));
    expect(why([async, sync])).toMatch(
      new RegExp(
        `CPU time: sync \\S+ ms of 1\\.00\\d s \\(.* %\\), async 12\\.0 ms of 100 ms; ${sentence}\\.$`,
      ),
    );
  });

  it('a round that was made once tells that, too, and nothing is predicted of twice as many', () => {
    const once = (rounds: ModeRounds): ModeRounds =>
      download({ ...rounds, rounds: rounds.rounds.slice(0, 1) });
    const run = buildRun([once(mode('sync', 1, held)), once(mode('async', 10, waiting))]);
    expect(judge(run)).toMatchObject({ doubling: undefined });
    expect(why(run.measured.modes)).toMatch(/^CPU time: /);
    expect(predictions(run)).toEqual([]);
  });
});
