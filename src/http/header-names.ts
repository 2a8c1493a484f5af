import { SMALL, asciiOf } from './characters.js';

/** The headers that say how long a body is or whether the connection stays, those that are noted, and all others. */
export type Header =
  typeof OTHER | typeof CONNECTION | typeof CONTENT_LENGTH | typeof TRANSFER_ENCODING | NotedHeader;

/** The headers whose values are kept as they are: see `AnswerNotes`. */
export type NotedHeader =
  | typeof LOCATION
  | typeof RETRY_AFTER
  | typeof SERVER_TIMING
  | typeof ETAG
  | typeof LAST_MODIFIED
  | typeof DATE
  | typeof CONTENT_RANGE
  | typeof CONTENT_ENCODING
  | typeof REPR_DIGEST;

/** Any header whose value does not matter here. */
export const OTHER = 0;
/** `Connection`, RFC 9110 section 7.6.1. */
export const CONNECTION = 1;
/** `Content-Length`, RFC 9110 section 8.6. */
export const CONTENT_LENGTH = 2;
/** `Transfer-Encoding`, RFC 9112 section 6.1. */
export const TRANSFER_ENCODING = 3;
/** `Location`, RFC 9110 section 10.2.2. */
export const LOCATION = 4;
/** `Retry-After`, RFC 9110 section 10.2.3. */
export const RETRY_AFTER = 5;
/** `Server-Timing`, W3C Server Timing. */
export const SERVER_TIMING = 6;
/** `ETag`, RFC 9110 section 8.8.3. */
export const ETAG = 7;
/** `Last-Modified`, RFC 9110 section 8.8.2. */
export const LAST_MODIFIED = 8;
/** `Date`, RFC 9110 section 6.6.1. */
export const DATE = 9;
/** `Content-Range`, RFC 9110 section 14.4. */
export const CONTENT_RANGE = 10;
/** `Content-Encoding`, RFC 9110 section 8.4. */
export const CONTENT_ENCODING = 11;
/** `Repr-Digest`, RFC 9530 section 3. */
export const REPR_DIGEST = 12;

const CONNECTION_NAME = asciiOf('connection');
const CONTENT_LENGTH_NAME = asciiOf('content-length');
const TRANSFER_ENCODING_NAME = asciiOf('transfer-encoding');
const LOCATION_NAME = asciiOf('location');
const RETRY_AFTER_NAME = asciiOf('retry-after');
const SERVER_TIMING_NAME = asciiOf('server-timing');
const ETAG_NAME = asciiOf('etag');
const LAST_MODIFIED_NAME = asciiOf('last-modified');
const DATE_NAME = asciiOf('date');
const CONTENT_RANGE_NAME = asciiOf('content-range');
const CONTENT_ENCODING_NAME = asciiOf('content-encoding');
const REPR_DIGEST_NAME = asciiOf('repr-digest');

/** The length of the longest name that matters. */
export const LONGEST_NAME: number = TRANSFER_ENCODING_NAME.length;

/** Which header has the name `bytes[from, from + length)`, a token in capital or small letters. */
export function headerNamed(bytes: Uint8Array, from: number, length: number): Header {
  switch (length) {
    case 4:
      if (isNamed(DATE_NAME, bytes, from)) return DATE;
      return isNamed(ETAG_NAME, bytes, from) ? ETAG : OTHER;
    case 8:
      return isNamed(LOCATION_NAME, bytes, from) ? LOCATION : OTHER;
    case 10:
      return isNamed(CONNECTION_NAME, bytes, from) ? CONNECTION : OTHER;
    case 11:
      if (isNamed(RETRY_AFTER_NAME, bytes, from)) return RETRY_AFTER;
      return isNamed(REPR_DIGEST_NAME, bytes, from) ? REPR_DIGEST : OTHER;
    case 13:
      if (isNamed(LAST_MODIFIED_NAME, bytes, from)) return LAST_MODIFIED;
      if (isNamed(CONTENT_RANGE_NAME, bytes, from)) return CONTENT_RANGE;
      return isNamed(SERVER_TIMING_NAME, bytes, from) ? SERVER_TIMING : OTHER;
    case 14:
      return isNamed(CONTENT_LENGTH_NAME, bytes, from) ? CONTENT_LENGTH : OTHER;
    case 16:
      return isNamed(CONTENT_ENCODING_NAME, bytes, from) ? CONTENT_ENCODING : OTHER;
    case 17:
      return isNamed(TRANSFER_ENCODING_NAME, bytes, from) ? TRANSFER_ENCODING : OTHER;
    default:
      return OTHER;
  }
}

function isNamed(name: Uint8Array, bytes: Uint8Array, from: number): boolean {
  for (let i = 0; i < name.length; i++) {
    if (((bytes[from + i] ?? 0) | SMALL) !== name[i]) return false;
  }
  return true;
}
