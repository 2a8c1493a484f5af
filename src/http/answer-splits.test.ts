import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { everyByte, outcomeOf, ROOMY } from '../../test/support/answer-outcome.js';
import { anyAnswer } from '../../test/support/generated-answers.js';
import { AnswerParser, type AnswerTaker } from './answer-parser.js';

describe('an answer', () => {
  it('is read as it was meant', () => {
    fc.assert(
      fc.property(anyAnswer, ({ method, text, status, body, keepsAlive }) => {
        const outcome = outcomeOf(text, { method });
        expect(outcome).toEqual({ status, body, keepsAlive, leftOver: 0 });
      }),
      { numRuns: 1000 },
    );
  });

  it('is the same wherever it is split in two', () => {
    fc.assert(
      fc.property(anyAnswer, ({ method, text }) => {
        const whole = outcomeOf(text, { method });
        for (const place of everyByte(text)) {
          expect(outcomeOf(text, { method, splits: [place] })).toEqual(whole);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('is the same in single bytes, and with pieces of no bytes between', () => {
    fc.assert(
      fc.property(anyAnswer, ({ method, text }) => {
        const splits = everyByte(text).flatMap((place) => [place, place]);
        expect(outcomeOf(text, { method, splits })).toEqual(outcomeOf(text, { method }));
      }),
      { numRuns: 500 },
    );
  });

  it('is the same in any pieces when it was damaged', () => {
    const damage = fc.tuple(fc.nat(), fc.nat({ max: 255 }), fc.nat({ max: 2 }));
    fc.assert(
      fc.property(anyAnswer, damage, fc.array(fc.nat()), ({ method, text }, damaged, places) => {
        const broken = damageText(text, damaged);
        const splits = places.map((place) => place % (broken.length + 1));
        const whole = outcomeOf(broken, { method });
        expect(outcomeOf(broken, { method, splits })).toEqual(whole);
        expect(outcomeOf(broken, { method, splits: everyByte(broken) })).toEqual(whole);
      }),
      { numRuns: 2000 },
    );
  });

  it('is the same at every limit, however it is split', () => {
    const anyLimits = fc.record({ maxHeaderBytes: fc.nat(150), maxBodyBytes: fc.nat(60) });
    fc.assert(
      fc.property(anyAnswer, anyLimits, ({ method, text }, limits) => {
        const whole = outcomeOf(text, { method, limits });
        const splits = everyByte(text);
        expect(outcomeOf(text, { method, limits, splits })).toEqual(whole);
      }),
      { numRuns: 1000 },
    );
  });

  it('is the same after others on the same connection, and each time it comes', () => {
    const parser = new AnswerParser(ROOMY);
    fc.assert(
      fc.property(anyAnswer, fc.array(fc.nat()), ({ method, text }, places) => {
        const splits = places.map((place) => place % (text.length + 1));
        const fresh = outcomeOf(text, { method });
        expect(outcomeOf(text, { method, splits, parser })).toEqual(fresh);
        // Often enough for its header to be remembered.
        for (let i = 0; i < 20; i++) expect(outcomeOf(text, { method, parser })).toEqual(fresh);
      }),
      { numRuns: 200 },
    );
  });

  it('has the same status and no body when it is not to be kept', () => {
    fc.assert(
      fc.property(anyAnswer, ({ method, text }) => {
        const kept = outcomeOf(text, { method });
        expect(outcomeOf(text, { method, keepBody: false })).toEqual({ ...kept, body: '' });
      }),
    );
  });

  it('is the same when it is handed over in any pieces, its header first', () => {
    fc.assert(
      fc.property(anyAnswer, fc.array(fc.nat()), ({ method, text }, places) => {
        const kept = outcomeOf(text, { method });
        const splits = places.map((place) => place % (text.length + 1));
        for (const some of [[], splits, everyByte(text)]) {
          const taker = new NotingTaker();
          expect(outcomeOf(text, { method, splits: some, taker })).toEqual({ ...kept, body: '' });
          expect(taker.all).toBe(MARK + ('body' in kept ? kept.body : ''));
        }
      }),
      { numRuns: 500 },
    );
  });
});

/** Notes what is handed over, the header as a mark that no body has at its beginning by chance. */
class NotingTaker implements AnswerTaker {
  all = '';

  header(): void {
    this.all += MARK;
  }

  body(bytes: Uint8Array, from: number, to: number): void {
    this.all += Buffer.from(bytes.subarray(from, to)).toString('latin1');
  }
}

const MARK = '\u{1f4e8} header';

function damageText(text: string, [place, byte, how]: [number, number, number]): string {
  const at = place % (text.length + 1);
  const character = String.fromCharCode(byte);
  if (how === 0) return text.slice(0, at) + character + text.slice(at);
  if (how === 1) return text.slice(0, at) + character + text.slice(at + 1);
  return text.slice(0, at) + text.slice(at + 1);
}
