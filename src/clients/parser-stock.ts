import type { Bytes } from '../core/units.js';
import { AnswerParser, DEFAULT_MAX_HEADER_BYTES } from '../http/answer-parser.js';

/**
 * Parsers that nobody uses now. A parser is needed only between the first byte of an answer and its last, and most answers
 * come whole: so one parser, which stays in the processor's cache, serves thousands of connections.
 */
export class ParserStock {
  #parsers: AnswerParser[] = [];
  #maxBodyBytes: Bytes = 0;

  /** A parser for answers with bodies of at most `maxBodyBytes`. */
  take(maxBodyBytes: Bytes): AnswerParser {
    if (maxBodyBytes !== this.#maxBodyBytes) {
      this.#maxBodyBytes = maxBodyBytes;
      this.#parsers = [];
    }
    return (
      this.#parsers.pop() ??
      new AnswerParser({ maxHeaderBytes: DEFAULT_MAX_HEADER_BYTES, maxBodyBytes })
    );
  }

  /** Takes one back, after an answer that was complete; another is of use as well after `begin`. */
  giveBack(parser: AnswerParser): void {
    this.#parsers.push(parser);
  }
}
