import { STATUS_CODES } from 'node:http';
import { DownloadError } from '../core/download-error.js';
import type { Checksum } from '../core/download.js';
import { formatCount } from '../core/format-units.js';
import type { Bytes } from '../core/units.js';
import { isRedirect } from '../clients/redirection.js';
import { parseContentRange } from './content-range.js';
import { foreignEncoding } from './foreign-encoding.js';
import { checksumOfReprDigest } from './repr-digest.js';
import { asksForRange, type Resumption } from './resumption.js';
import type { AnswerHead } from './transport.js';
import { strongValidator, type Validator } from './validator.js';
import { contradicts, versionDifference } from './version-difference.js';

/** What an answer means for the bytes that are there. */
export type AnswerMeaning =
  /** The whole file comes, from its first byte. */
  | {
      readonly kind: 'whole';
      readonly sizeBytes: Bytes | undefined;
      readonly validator: Validator | undefined;
      readonly digest: Checksum | undefined;
    }
  /** The bytes that follow those that are there come, up to `lastByte`. */
  | {
      readonly kind: 'part';
      readonly lastByte: Bytes;
      readonly sizeBytes: Bytes;
      readonly digest: Checksum | undefined;
    }
  /** All bytes are there. */
  | { readonly kind: 'complete' }
  /** Of no use; the whole file is to be asked for. */
  | { readonly kind: 'again'; readonly reason: string }
  | { readonly kind: 'redirect'; readonly location: string }
  | { readonly kind: 'failed'; readonly error: DownloadError };

/** What the header of an answer to a request with `requestHeaders(resumption)` means. */
export function meaningOf(
  head: AnswerHead,
  resumption: Resumption | undefined,
  file: FileExpectation,
): AnswerMeaning {
  const asked = asksForRange(resumption) ? resumption : undefined;
  const { status, location } = head;
  if (status === 200) return meaningOfWhole(head, file);
  if (status === 206 && asked !== undefined) return meaningOfPart(head, asked, file);
  if (status === 416 && asked !== undefined) return meaningOfUnsatisfied(head, asked);
  if ((status === 304 || status === 412) && asked !== undefined) {
    // Neither follows from If-Range, which is the only condition that was sent (RFC 9110 section 13.1.5).
    return again(`the server answered the request for a part with ${statusText(status)}`);
  }
  if (isRedirect(status)) {
    if (location !== undefined) return { kind: 'redirect', location };
    return failed('REDIRECT', `the server answered ${statusText(status)} without a Location`);
  }
  return meaningOfRefusal(head);
}

/** What is expected of the file that is asked for. */
interface FileExpectation {
  readonly name: string;
  readonly hasChecksum: boolean;
}

function meaningOfWhole(head: AnswerHead, file: FileExpectation): AnswerMeaning {
  const encoding = foreignEncoding(head.contentEncoding, file);
  if (encoding !== undefined) {
    return failed(
      'ENCODED',
      `the server sends it encoded (${encoding}) although that was not asked for, ` +
        'so that its bytes are not those of the file; a checksum of what comes lets it through',
    );
  }
  const digest = checksumOfReprDigest(head.reprDigest);
  if (head.endsWithConnection && !file.hasChecksum && digest === undefined) {
    return failed(
      'NO_LENGTH',
      'the server does not say how long it is, so that a cut could not be told from the end; ' +
        'a checksum lets it through',
    );
  }
  const sizeBytes = head.contentLength;
  return { kind: 'whole', sizeBytes, validator: strongValidator(head), digest };
}

// RFC 9110 section 15.3.7: a server may send less than was asked for, but says what. Section 14.4: what is malformed must
// not be put together with what is there.
function meaningOfPart(head: AnswerHead, asked: Resumption, file: FileExpectation): AnswerMeaning {
  const range = parseContentRange(head.contentRange);
  if (range === undefined || 'unsatisfied' in range) {
    return again('the server sent a part without saying which');
  }
  const { first, last } = range;
  if (first !== asked.offset) {
    return again(
      `the server sent the bytes from ${formatCount(first)} on, asked for those from ${formatCount(asked.offset)} on`,
    );
  }
  const sizeBytes = range.size ?? asked.sizeBytes;
  if (sizeBytes === undefined) return again('the server did not say how long the whole file is');
  if (sizeBytes !== (asked.sizeBytes ?? sizeBytes)) {
    return again(
      `the file has ${formatCount(sizeBytes)} bytes now, it had ${formatCount(asked.sizeBytes ?? 0)}`,
    );
  }
  if (last >= sizeBytes || (head.contentLength ?? last - first + 1) !== last - first + 1) {
    return again('the server sent a part whose lengths contradict each other');
  }
  if (foreignEncoding(head.contentEncoding, file) !== undefined)
    return again('the server sent an encoded part');
  const difference = versionDifference(head, asked.validator, asked.hasChecksum);
  if (difference !== undefined) return again(difference);
  const digest = checksumOfReprDigest(head.reprDigest);
  return { kind: 'part', lastByte: last, sizeBytes, digest };
}

// RFC 9110 section 15.5.17: the length of the file should stand in Content-Range. Where the version had changed, If-Range
// would have brought the whole file.
function meaningOfUnsatisfied(head: AnswerHead, asked: Resumption): AnswerMeaning {
  const { offset } = asked;
  const range = parseContentRange(head.contentRange);
  const told = range !== undefined && 'unsatisfied' in range ? range.size : undefined;
  const hasChanged = contradicts(head.etag, asked.validator);
  const sizes = [told, asked.sizeBytes].filter((size) => size !== undefined);
  if (!hasChanged && sizes.length > 0 && sizes.every((size) => size === offset)) {
    return { kind: 'complete' };
  }
  return again(`the server has nothing from byte ${formatCount(offset)} on`);
}

function meaningOfRefusal(head: AnswerHead): AnswerMeaning {
  const { status, retryAfter } = head;
  const sentence = `the server answered ${statusText(status)}`;
  if (status === 206) return failed('BAD_ANSWER', `${sentence}, asked for the whole file`);
  if (status < 200 || status === 304) {
    return failed('BAD_ANSWER', `${sentence}, which is no answer to the request`);
  }
  const mayPass = PASSING.has(status);
  const detail = status < 300 ? ', which holds no file' : '';
  return {
    kind: 'failed',
    error: new DownloadError('STATUS', `${sentence}${detail}`, {
      mayPass,
      retryAfter,
    }),
  };
}

// RFC 9110 sections 15.5.9, 15.6; RFC 8470 section 5.2; RFC 6585 section 4.
const PASSING: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

function statusText(status: number): string {
  const reason = STATUS_CODES[status];
  return reason === undefined ? `status ${status}` : `${status} ${reason}`;
}

function again(reason: string): AnswerMeaning {
  return { kind: 'again', reason };
}

function failed(
  code: 'BAD_ANSWER' | 'ENCODED' | 'NO_LENGTH' | 'REDIRECT',
  sentence: string,
): AnswerMeaning {
  return { kind: 'failed', error: new DownloadError(code, sentence) };
}
