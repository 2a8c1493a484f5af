import { UsageError } from '../core/errors.js';

/** What a request is made of, as its caller checked it. */
export interface RequestParts {
  readonly method: string;
  /** Path and query, or `*`. */
  readonly target: string;
  /** Host and, unless it is that of the scheme, port. */
  readonly host: string;
  /** A `host` among them, in any letters, takes the place of the one above. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | undefined;
}

// For these a missing length is read as one that was forgotten (RFC 9110 section 8.6).
const METHODS_WITH_BODY: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

/**
 * The bytes of a request (RFC 9112 section 3), `host` first; the length of its body is said by who makes it. Nothing is validated but that no part can end
 * its line or the part it stands in, which would make other headers or another request of what follows.
 *
 * @throws {UsageError} when a part holds such a character.
 */
export function formatRequest(parts: RequestParts): Buffer {
  const { method, target, headers, body = NO_BODY } = parts;
  let host = parts.host;
  let hasLength = false;
  let lines = '';
  for (const [name, value] of Object.entries(headers)) {
    const small = name.toLowerCase();
    if (small === 'host') {
      host = value;
      continue;
    }
    if (small === 'content-length') {
      if (body.length > 0) continue;
      hasLength = true;
    }
    lines += `${safe(name, NOT_IN_NAME)}: ${safe(value, NOT_IN_LINE)}\r\n`;
  }
  if (body.length > 0 || (METHODS_WITH_BODY.has(method) && !hasLength)) {
    lines += `content-length: ${body.length}\r\n`;
  }
  const head = Buffer.from(
    `${safe(method, NOT_IN_WORD)} ${safe(target, NOT_IN_WORD)} HTTP/1.1\r\n` +
      `host: ${safe(host, NOT_IN_LINE)}\r\n${lines}\r\n`,
    'latin1',
  );
  return body.length === 0 ? head : Buffer.concat([head, body]);
}

const NO_BODY = new Uint8Array();
const NOT_IN_LINE = '\0\r\n';
const NOT_IN_WORD = `${NOT_IN_LINE}\t `;
const NOT_IN_NAME = `${NOT_IN_WORD}:`;

function safe(part: string, forbidden: string): string {
  for (const character of part) {
    // Characters above 0xff have no byte in latin1, which would cut them short: U+010A becomes a line feed.
    if (character <= '\u00ff' && !forbidden.includes(character)) continue;
    throw new UsageError(
      `expected a request without line breaks and other characters that end a part of it, got ${JSON.stringify(part)}`,
    );
  }
  return part;
}
