/** Headers of an answer that say something beside its status and its body, as they came; several of one name joined with commas. */
export interface AnswerNotes {
  /** `Location`, RFC 9110 section 10.2.2. */
  readonly location: string | undefined;
  /** `Retry-After`, RFC 9110 section 10.2.3. */
  readonly retryAfter: string | undefined;
  /** `Server-Timing`, W3C Server Timing. */
  readonly serverTiming: string | undefined;
  /** `ETag`, RFC 9110 section 8.8.3. */
  readonly etag: string | undefined;
  /** `Last-Modified`, RFC 9110 section 8.8.2. */
  readonly lastModified: string | undefined;
  /** `Date`, RFC 9110 section 6.6.1. */
  readonly date: string | undefined;
  /** `Content-Range`, RFC 9110 section 14.4. */
  readonly contentRange: string | undefined;
  /** `Content-Encoding`, RFC 9110 section 8.4. */
  readonly contentEncoding: string | undefined;
  /** `Repr-Digest`, RFC 9530 section 3. */
  readonly reprDigest: string | undefined;
}

/** The notes of an answer that has none of these headers. */
export const NO_NOTES: AnswerNotes = {
  location: undefined,
  retryAfter: undefined,
  serverTiming: undefined,
  etag: undefined,
  lastModified: undefined,
  date: undefined,
  contentRange: undefined,
  contentEncoding: undefined,
  reprDigest: undefined,
};
