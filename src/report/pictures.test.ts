import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildMode, buildRound, buildRun, buildWaves } from '../../test/support/build-run.js';
import { expectWellFormed } from '../../test/support/expect-well-formed.js';
import type { Round } from '../core/run.js';
import { linearScale, logScale } from './axes.js';
import { renderInlineSvg, renderSvgFile } from './drawing.js';
import { drawInFlight, renderInFlightSvg } from './in-flight-svg.js';
import { looksOf } from './looks.js';
import { escapeMarkup } from './markup.js';
import { drawPredictions } from './prediction-svg.js';
import type { SweepPicture } from './sweep-picture.js';
import { drawSweep, renderSweepSvg } from './sweep-svg.js';
import { axisTicks, logTicks } from './ticks.js';
import { drawTimeline, renderTimelineSvg } from './timeline-svg.js';

const HOSTILE = `GET http://h/?a=1&b=</title><script>alert("1")</script>\u0000\ud800`;

const rounds = (concurrency: number): Round[] =>
  [100, 101, 99].map((latencyMs) => buildWaves(4, concurrency, latencyMs));
const run = buildRun([buildMode('sync', rounds(1)), buildMode('async', rounds(4))]);
const hostile = { ...run, tasks: [{ kind: 'http', text: HOSTILE } as const] };

function withMoments(): Round {
  const round = buildRound([
    [0, 100],
    [0, 100],
  ]);
  round.calls.reach(0, 20, 70);
  round.calls.reach(1, 0.01, 99.99);
  return round;
}

const picture: SweepPicture = {
  title: HOSTILE,
  description: HOSTILE,
  axis: 'calls in flight',
  levels: [1, 2, 4, 8, 16].map((at) => ({
    at,
    gain: Math.min(at, 4),
    ideal: at,
    latency: { p50: 50, p99: 60 },
  })),
  model: { name: 'min(a c, b)', gain: (at) => Math.min(at, 4) },
  stop: { at: 4, range: [3, 5], label: 'stops at 4 (3 to 5)' },
};

describe('markup', () => {
  it('leaves nothing of a text that a reader of XML or HTML could take for markup', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const escaped = escapeMarkup(text);
        expect(escaped).not.toMatch(/[<>"]/);
        expectWellFormed(`<a b="${escaped}">${escaped}</a>`);
      }),
    );
  });

  it('replaces what XML cannot hold, half characters included, and keeps the rest', () => {
    expect(escapeMarkup('a\u0000b\ud800c\td\u{1f600}é')).toBe('a\ufffdb\ufffdc\td\u{1f600}é');
  });
});

describe('every picture', () => {
  const pictures = {
    timeline: drawTimeline(hostile),
    'in flight': drawInFlight(hostile),
    predictions: drawPredictions(hostile),
    sweep: drawSweep(picture),
  };

  it.each(Object.entries(pictures))('is well formed whatever the task: %s', (_name, drawing) => {
    for (const svg of [renderSvgFile(drawing), renderInlineSvg(drawing)]) {
      expectWellFormed(svg);
      expect(svg).not.toMatch(/<script|href=|url\(|@import|NaN|Infinity|undefined/);
      expect(svg).toMatch(/<title>[^<]+<\/title>\n<desc>/);
    }
  });

  it('is drawn of a run in which nothing was measured', () => {
    const empty = buildRun([buildMode('sync', [])]);
    for (const drawing of [drawTimeline(empty), drawInFlight(empty), drawPredictions(empty)]) {
      expectWellFormed(renderSvgFile(drawing));
      expect(renderSvgFile(drawing)).not.toMatch(/NaN|Infinity/);
    }
  });

  it('names two tasks in one mode by their own names, in different looks', () => {
    const two = buildRun([
      { ...buildMode('async', rounds(4)), name: 'a.ts' },
      { ...buildMode('async', rounds(4)), name: 'b.ts' },
    ]);
    expect(renderTimelineSvg(two)).toMatch(/>a\.ts<[\s\S]+>b\.ts</);
    const [a, b] = looksOf(['async', 'async']);
    expect(a?.colour).not.toBe(b?.colour);
    expect(a?.marker).not.toBe(b?.marker);
  });

  it('breaks a long sentence into lines', () => {
    const drawing = { ...drawSweep(picture), description: 'word '.repeat(100).trim() };
    expect(renderSvgFile(drawing).match(/<text [^>]*>word /g)?.length).toBeGreaterThan(3);
  });
});

describe('the timeline', () => {
  it('draws connecting as an outline and receiving dark, where they are known and wide enough', () => {
    const svg = renderTimelineSvg(buildRun([buildMode('async', [withMoments()])]));
    const lanes = svg.split('\n').filter((line) => line.includes('<g><title>'));
    expect(lanes[0]?.match(/<rect/g)).toHaveLength(3);
    expect(lanes[0]).toContain('connect 20.0 ms, wait 50.0 ms, receive 30.0 ms');
    expect(lanes[1]?.match(/<rect/g)).toHaveLength(1);
  });

  it('explains only what it shows', () => {
    expect(renderTimelineSvg(run)).not.toContain('>receive<');
    const told = renderTimelineSvg(buildRun([buildMode('async', [withMoments()])]));
    expect(told).toContain('>receive<');
    expect(told).not.toContain('>failed<');
  });

  it('draws queueing as a line from the begin of the round', () => {
    const svg = renderTimelineSvg(run);
    const lines = svg.match(/<g><title>[^<]+<\/title><line x1="76"/g);
    expect(lines).toHaveLength(3);
  });
});

describe('the curve of calls in flight', () => {
  it('stays small however many calls there are', () => {
    const many = buildRun([buildMode('async', [buildWaves(100_000, 1, 0.01)])]);
    expect(renderInFlightSvg(many).length).toBeLessThan(100_000);
  });

  it('says in words how many there were', () => {
    expect(drawInFlight(run).description).toBe(
      'sync had at most 1 in flight, async had at most 4 in flight',
    );
  });
});

describe('the picture of a sweep', () => {
  it('marks every level twice and the stop with its range', () => {
    const svg = renderSweepSvg(picture);
    expect(svg).toContain('stops at 4 (3 to 5)');
    expect(svg.match(/<g><title>/g)).toHaveLength(15);
  });

  it('draws no stop and no model where there is none, and one level too', () => {
    const levels = picture.levels.slice(0, 1);
    const svg = renderSweepSvg({ ...picture, levels, model: undefined, stop: undefined });
    expect(svg).not.toMatch(/stops at|NaN|Infinity/);
    expectWellFormed(svg);
  });
});

describe('axes', () => {
  it('put the same difference, or the same factor, the same distance apart', () => {
    expect([0, 5, 10].map(linearScale(0, 10, 100, 200))).toEqual([100, 150, 200]);
    const log = logScale(1, 100, 0, 50);
    expect([1, 10, 100].map((value) => Math.round(log(value)))).toEqual([0, 25, 50]);
  });

  it('have round values', () => {
    expect(axisTicks(10, 5)).toEqual([0, 2, 4, 6, 8, 10]);
    expect(logTicks(0.5, 20, 9)).toEqual([0.5, 1, 2, 5, 10, 20]);
    expect(logTicks(1, 10_000, 9)).toEqual([1, 10, 100, 1000, 10_000]);
  });
});
