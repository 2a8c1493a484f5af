import { describe, expect, it } from 'vitest';
import { buildMode, buildRound, buildRun, buildWaves } from '../../test/support/build-run.js';
import {
  NO_RESOURCES,
  type ModeName,
  type ModeRounds,
  type Resources,
  type Round,
} from '../core/run.js';
import { remarksOn } from './remarks.js';

const NOT_CONNECTING = { connections: 0, durationMs: 0 };

function round(wallMs: number, resources: Partial<Resources> = {}): Round {
  return {
    ...buildWaves(10, 10, wallMs),
    connecting: NOT_CONNECTING,
    resources: { ...NO_RESOURCES, userMs: 10, ...resources },
  };
}

const steady = [200, 201, 199, 200, 202, 198].map((wallMs) => round(wallMs));

function remarks(
  rounds: readonly Round[],
  mode: ModeName = 'async',
  over: Partial<ModeRounds> = {},
): string[] {
  return remarksOn(buildRun([{ ...buildMode(mode, rounds), ...over }]));
}

it('has nothing to say about steady rounds', () => {
  expect(remarks(steady)).toEqual([]);
});

describe('an odd round is named with its likeliest reason', () => {
  const odd = round(300);
  it.each<[string, Round, string]>([
    [
      'connections that had to be set up',
      { ...odd, connecting: { connections: 10, durationMs: 80 } },
      '10 connections had to be set up again, which took 80.0 ms',
    ],
    ['CPU time', round(300, { userMs: 100 }), 'this process computed 90.0 ms more in it'],
    ['the queue of the server', round(300, { serverQueueMs: 90 }), '90.0 ms longer in the queue'],
    [
      'what kept the event loop',
      round(300, { loop: { activeMs: 1, idleMs: 299, delayMaxMs: 95 } }),
      'something kept the event loop for 95.0 ms',
    ],
    ['nothing that could be seen', odd, 'run it again on an idle machine, or with more --rounds'],
    [
      'failures',
      { ...buildRound([...Array.from({ length: 9 }, () => [0, 5] as const), [0, 5, 'TIMEOUT']]) },
      '1 of its calls failed',
    ],
  ])('%s', (_, one, reason) => {
    const [remark, ...rest] = remarks([...steady, one]);
    expect(remark).toMatch(/^Odd, and not left out: round 7 of async took .+ than its others/);
    expect(remark).toContain(reason);
    expect(rest).toEqual([]);
  });

  it('a reason that explains less than half of it is not taken for one', () => {
    const little = { ...odd, connecting: { connections: 1, durationMs: 5 } };
    expect(remarks([...steady, little])[0]).toContain('nothing in this process tells why');
  });

  it('rounds with the same reason share a sentence', () => {
    const modes = (['sync', 'async'] as const).map((mode) => buildMode(mode, [...steady, odd]));
    const [remark, ...rest] = remarksOn(buildRun(modes));
    expect(remark).toMatch(/round 7 of sync .+, round 7 of async /);
    expect(rest).toEqual([]);
  });

  it('where there are too few to tell, that is what is said', () => {
    expect(remarks([round(200), round(201), round(300)])).toEqual([
      'async: its 3 rounds differ by 50 %; 5 are needed to say which is the exception (-r 5).',
    ]);
    expect(remarks([round(200), round(201), round(203)])).toEqual([]);
  });
});

describe('a steady change', () => {
  const falling = [300, 280, 262, 245, 229, 214];

  it('of one contender is told with what its CPU time says', () => {
    const warming = falling.map((wallMs) => round(wallMs, { userMs: wallMs - 100 }));
    expect(remarks(warming)).toEqual([expect.stringContaining('async got 29 % faster')]);
    expect(remarks(warming)[0]).toContain('a longer --warmup helps');
    const slowing = falling.toReversed().map((wallMs) => round(wallMs));
    expect(remarks(slowing)[0]).toContain('its CPU time did not grow along');
  });

  it('of all together is not laid on any of them', () => {
    const modes = (['sync', 'async'] as const).map((mode) =>
      buildMode(
        mode,
        falling.map((wallMs) => round(wallMs)),
      ),
    );
    const [remark, ...rest] = remarksOn(buildRun(modes));
    expect(remark).toContain(
      'All got faster from the first round to the last (sync 29 %, async 29 %)',
    );
    expect(remark).toContain('The ratios stand');
    expect(rest).toEqual([]);
  });
});

it('says when this process, not the server, may be the limit', () => {
  const busy = steady.map((one) => ({
    ...one,
    resources: { ...one.resources, loop: { activeMs: 186, idleMs: 14, delayMaxMs: 0 } },
  }));
  expect(remarks(busy)).toEqual([
    expect.stringMatching(
      /^In async this process was busy 93 % of the time: it, not .*--modes async,loop/,
    ),
  ]);
  expect(remarks(busy, 'loop')[0]).not.toContain('--modes');
  // Who has something to compute is meant to be busy.
  expect(remarks(busy, 'async', { task: { kind: 'pi', text: 'pi 2000' } })).toEqual([]);
});

it('says when a contender was still getting faster as its warm-up ended', () => {
  const warmup = [round(400), round(300)];
  expect(remarks(steady, 'async', { warmup })).toEqual([
    'async was still getting faster at the end of 2 warm-up rounds (by 25 %); a longer --warmup or --budget helps.',
  ]);
});

it('tells of both numbers of calls apart', () => {
  const mode = buildMode('async', [round(200), round(300)]);
  const doubled = { number: 20, modes: [mode] };
  expect(remarksOn(buildRun([mode], { doubled })).map((text) => text.slice(0, 15))).toEqual([
    'With 10 calls: ',
    'With 20 calls: ',
  ]);
});
