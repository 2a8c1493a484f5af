import type { AnswerLimits, AnswerTaker } from '../../src/http/answer-parser.js';
import { AnswerParser } from '../../src/http/answer-parser.js';
import { HttpFault } from '../../src/http/http-fault.js';

/** What came of an answer, in a form that can be compared; text is latin1, one character a byte. */
export type Outcome = Accepted | Refused;

interface Accepted {
  readonly status: number;
  readonly body: string;
  readonly keepsAlive: boolean;
  /** How many bytes came that do not belong to the answer. */
  readonly leftOver: number;
}

interface Refused {
  readonly code: string;
  readonly message: string;
}

export interface Reading {
  readonly method?: string;
  readonly keepBody?: boolean;
  /** Whom the answer is handed over to, in place of keeping its body. */
  readonly taker?: AnswerTaker;
  readonly limits?: AnswerLimits;
  /** Where the answer is split; whole unless said otherwise. */
  readonly splits?: readonly number[];
  readonly parser?: AnswerParser;
}

export const ROOMY: AnswerLimits = { maxHeaderBytes: 65_536, maxBodyBytes: 1_000_000 };

const scratch = new Uint8Array(1 << 20);

/** Reads an answer after which the connection ends. Every piece is overwritten as soon as it was read. */
export function outcomeOf(answer: string, reading: Reading = {}): Outcome {
  const parser = reading.parser ?? new AnswerParser(reading.limits ?? ROOMY);
  const { splits = [] } = reading;
  parser.begin(reading.method ?? 'GET', reading.taker ?? reading.keepBody ?? true);
  const places = [0, ...splits.toSorted((a, b) => a - b), answer.length];
  let leftOver = 0;
  try {
    for (const [i, to] of places.slice(1).entries()) {
      const piece = Buffer.from(answer.slice(places[i], to), 'latin1');
      scratch.set(piece);
      leftOver += piece.length - parser.feed(scratch, piece.length);
      scratch.fill(0xee, 0, piece.length);
    }
    parser.end();
  } catch (error) {
    if (!(error instanceof HttpFault)) throw error;
    return { code: error.code, message: error.message };
  }
  return {
    status: parser.status,
    body: parser.body().toString('latin1'),
    keepsAlive: parser.keepsAlive,
    leftOver,
  };
}

/** The places that split a text into single bytes. */
export function everyByte(text: string): number[] {
  return Array.from(text, (_, place) => place);
}
