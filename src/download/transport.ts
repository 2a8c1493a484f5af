import type { Bytes } from '../core/units.js';

/** A request for a file, checked by whoever makes it. */
export interface FileRequest {
  readonly method: 'GET' | 'HEAD';
  readonly url: URL;
  /** Names in small letters, `host` not among them. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The header of an answer as far as a download looks at it; values as they came, several of one name joined with `, `. */
export interface AnswerHead {
  readonly status: number;
  /** The announced length of the body; `undefined` where there is none. */
  readonly contentLength: Bytes | undefined;
  /** Whether only the end of the connection ends the body, so that a cut cannot be told from the end. */
  readonly endsWithConnection: boolean;
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
  readonly date: string | undefined;
  readonly contentRange: string | undefined;
  readonly contentEncoding: string | undefined;
  readonly reprDigest: string | undefined;
  readonly location: string | undefined;
  readonly retryAfter: string | undefined;
}

/** Takes one answer. What its functions throw ends the exchange with that. */
export interface AnswerReceiver {
  /** Takes the header of the final answer; returns whether the body is wanted. Otherwise nothing of it is handed over. */
  head(head: AnswerHead): boolean;
  /**
   * Takes `bytes[from, to)` of the body, in order; they are gone when it returns. Returns whether more may come now;
   * otherwise nothing comes until `resume`, except what was on its way already.
   */
  body(bytes: Uint8Array, from: number, to: number): boolean;
}

/** One request under way. */
export interface Exchange {
  /**
   * Resolves when the answer is complete by its framing (RFC 9112 section 6), or soon after a header whose body is not wanted.
   * Rejects with a `DownloadError`: `CONNECTION` (refused, reset, closed within the answer), `NAME_NOT_RESOLVED`, `TLS` or
   * `BAD_ANSWER` (not HTTP); with what a receiver threw; or with the reason of `abort`.
   */
  readonly ended: Promise<void>;
  /** Lets more of the body come after a `body` that returned `false`. */
  resume(): void;
  /** Gives the exchange up: nothing more is handed over, and `ended` rejects with `reason`. Nothing happens once it has ended. */
  abort(reason: Error): void;
}

/** Makes requests for files and hands the bytes of their answers over as they come. It follows no redirect and retries nothing. */
export interface Transport {
  send(request: FileRequest, receiver: AnswerReceiver): Exchange;
  /** Closes all connections; exchanges under way reject. */
  close(): Promise<void>;
}
