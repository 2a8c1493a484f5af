/** Headers of an answer that say something beside its status and its body, as they came. */
export interface AnswerNotes {
  /** `Location`, RFC 9110 section 10.2.2. */
  readonly location: string | undefined;
  /** `Retry-After`, RFC 9110 section 10.2.3. */
  readonly retryAfter: string | undefined;
  /** `Server-Timing`, W3C Server Timing: several of them joined with commas. */
  readonly serverTiming: string | undefined;
}
