/** A length of time, or a moment on the monotonic clock, in milliseconds (fractions allowed). */
export type Milliseconds = number;

/** A length of time in seconds, the unit of every machine-readable result. */
export type Seconds = number;

/** A number of bytes. */
export type Bytes = number;
