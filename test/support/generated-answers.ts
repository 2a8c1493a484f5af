import fc from 'fast-check';

/** A valid answer, the method of its request, and what is to be read from it; text is latin1. */
export interface GeneratedAnswer {
  readonly method: string;
  readonly text: string;
  readonly status: number;
  readonly body: string;
  readonly keepsAlive: boolean;
}

const TOKEN_CHARACTERS = "!#$%&'*+.^_`|~-09azAZbcdXYZ".split('');
const token = fc.string({
  unit: fc.constantFrom(...TOKEN_CHARACTERS),
  minLength: 1,
  maxLength: 20,
});
const FIELD_CHARACTERS = ' \t!"(),/:;<=>?@[]{}~azAZ09\u0080\u00ff'.split('');
const value = fc.string({ unit: fc.constantFrom(...FIELD_CHARACTERS), maxLength: 30 });
const space = fc.constantFrom('', ' ', '\t', '  \t');
const anyByte = fc.integer({ min: 0, max: 255 }).map((byte) => String.fromCharCode(byte));
const body = fc.string({ unit: anyByte, maxLength: 80 });

const MEANINGFUL = new Set(['connection', 'content-length', 'transfer-encoding']);
const otherLines = fc
  .array(
    fc
      .tuple(token, space, value)
      .filter(([name]) => !MEANINGFUL.has(name.toLowerCase()))
      .map(([name, gap, text]) => `${name}:${gap}${text}\r\n`),
    { maxLength: 4 },
  )
  .map((lines) => lines.join(''));

/** A text in letters of any case. */
function anyCase(text: string): fc.Arbitrary<string> {
  return fc.mixedCase(fc.constant(text), { toggleCase: (c) => c.toUpperCase() });
}

const quoted = value.map((text) => `"${text.replaceAll(/[\\"]/g, '')}"`);
const extension = fc
  .tuple(token, fc.option(fc.oneof(token, quoted)))
  .map(([name, text]) => (text === null ? `;${name}` : `;${name}=${text}`));
const extensions = fc.array(extension, { maxLength: 2 }).map((all) => all.join(''));
const hexOf = (size: number): fc.Arbitrary<string> =>
  fc.tuple(anyCase(size.toString(16)), fc.nat(3)).map(([hex, zeros]) => '0'.repeat(zeros) + hex);

function chunk(text: string): fc.Arbitrary<string> {
  return fc
    .tuple(hexOf(text.length), extensions)
    .map(([size, more]) => `${size}${more}\r\n${text}\r\n`);
}

const chunks = fc
  .array(
    body.filter((text) => text !== ''),
    { maxLength: 4 },
  )
  .chain((texts) =>
    fc
      .tuple(fc.tuple(...texts.map(chunk)), hexOf(0), extensions, otherLines)
      .map(([all, zero, more, trailers]) => ({
        body: texts.join(''),
        sent: `${all.join('')}${zero}${more}\r\n${trailers}\r\n`,
      })),
  );

interface Framed {
  readonly line: string;
  readonly sent: string;
  readonly body: string;
  readonly isEndless: boolean;
}

const counted = fc
  .tuple(anyCase('content-length'), space, space, fc.nat(2), body)
  .map(([name, before, after, zeros, text]): Framed => ({
    line: `${name}:${before}${'0'.repeat(zeros)}${text.length}${after}\r\n`,
    sent: text,
    body: text,
    isEndless: false,
  }));
const chunked = fc
  .tuple(anyCase('transfer-encoding'), space, anyCase('chunked'), space, chunks)
  .map(([name, before, coding, after, { sent, body: text }]): Framed => ({
    line: `${name}:${before}${coding}${after}\r\n`,
    sent,
    body: text,
    isEndless: false,
  }));
const endless = body.map((text): Framed => ({ line: '', sent: text, body: text, isEndless: true }));

const reason = fc.oneof(
  fc.constant(''),
  value.map((text) => ` ${text}`),
);
const connection = fc.constantFrom('', 'close', 'keep-alive', 'Close, x', 'x,\tKEEP-ALIVE , ,');
const interim = fc
  .array(
    fc
      .tuple(fc.constantFrom(100, 102, 103), reason, otherLines)
      .map(([status, text, lines]) => `HTTP/1.1 ${status}${text}\r\n${lines}\r\n`),
    { maxLength: 2 },
  )
  .map((all) => all.join(''));

/** Valid answers of all kinds: each way to give a length, no body at all, interim answers before it. */
export const anyAnswer: fc.Arbitrary<GeneratedAnswer> = fc
  .record({
    interim,
    minor: fc.constantFrom(0, 1),
    kind: fc.constantFrom('GET', 'GET', 'HEAD', '204', '304'),
    status: fc.integer({ min: 200, max: 599 }).filter((status) => status !== 204 && status !== 304),
    reason,
    before: otherLines,
    after: otherLines,
    framed: fc.oneof(counted, chunked, endless),
    connection,
  })
  .map((parts): GeneratedAnswer => {
    const isChunked = parts.framed.line.toLowerCase().startsWith('transfer');
    const minor = isChunked ? 1 : parts.minor;
    const hasBody = parts.kind === 'GET';
    const status = /\d/.test(parts.kind) ? Number(parts.kind) : parts.status;
    const options = parts.connection === '' ? '' : `Connection: ${parts.connection}\r\n`;
    const head =
      `HTTP/1.${minor} ${status}${parts.reason}\r\n` +
      `${parts.before}${parts.framed.line}${options}${parts.after}\r\n`;
    const closes = parts.connection.toLowerCase().startsWith('close');
    const staysOpen = parts.connection.toLowerCase().includes('keep-alive');
    return {
      method: parts.kind === 'HEAD' ? 'HEAD' : 'GET',
      text: parts.interim + head + (hasBody ? parts.framed.sent : ''),
      status,
      body: hasBody ? parts.framed.body : '',
      keepsAlive: !closes && (minor === 1 || staysOpen) && !(hasBody && parts.framed.isEndless),
    };
  });
