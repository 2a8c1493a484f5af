import {
  CONTENT_ENCODING,
  CONTENT_RANGE,
  DATE,
  ETAG,
  LAST_MODIFIED,
  LOCATION,
  type NotedHeader,
  REPR_DIGEST,
  RETRY_AFTER,
  SERVER_TIMING,
} from './header-names.js';
import { KnownHeader } from './known-header.js';

/** Which headers a parser notes. */
export class NotedHeaders {
  /**
   * The header that was remembered for all parsers of this thread that note the same: thousands of connections get the same
   * header, and what it means to those who note other headers is something else.
   */
  readonly known: KnownHeader = new KnownHeader();
  readonly #bits: number;

  constructor(headers: readonly NotedHeader[]) {
    this.#bits = headers.reduce((bits, header) => bits | (1 << header), 0);
  }

  /** Whether the header is one of them. */
  has(header: NotedHeader): boolean {
    return (this.#bits & (1 << header)) !== 0;
  }
}

/** What a call wants to know. */
export const NOTED_OF_CALLS: NotedHeaders = new NotedHeaders([
  LOCATION,
  RETRY_AFTER,
  SERVER_TIMING,
]);

/** What a download wants to know: which version of a file it is, which part, and what its bytes must add up to. */
export const NOTED_OF_FILES: NotedHeaders = new NotedHeaders([
  LOCATION,
  RETRY_AFTER,
  ETAG,
  LAST_MODIFIED,
  DATE,
  CONTENT_RANGE,
  CONTENT_ENCODING,
  REPR_DIGEST,
]);
