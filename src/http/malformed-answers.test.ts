import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyByte, outcomeOf } from '../../test/support/answer-outcome.js';
import { type NodeClient, startNodeClient } from '../../test/support/node-outcome.js';
import { agree, reasonOf } from '../../test/support/parser-differences.js';

const OK = 'HTTP/1.1 200 OK\r\n';
const CL = 'Content-Length: 2\r\n';
const TE = 'Transfer-Encoding: chunked\r\n';
const CHUNKED = `${OK}${TE}\r\n`;

const ALIKE = "Node's parser refuses it, too";
const OTHER_CODING = 'Node reads an answer with another coding than chunked until the end';

type Row = readonly [what: string, text: string, difference?: string];

// Our fault, and for each answer what it is and, where Node's parser takes it, why.
const MALFORMED: readonly (readonly [fault: string, rows: readonly Row[]])[] = [
  [
    'more than one content-length',
    [
      ['two lengths', `${OK}${CL}Content-Length: 3\r\n\r\nhi`],
      ['two equal lengths', `${OK}${CL}${CL}\r\nhi`],
    ],
  ],
  [
    'a content-length that is not a single number',
    [
      ['a list of lengths', `${OK}Content-Length: 2, 2\r\n\r\nhi`],
      ['a negative length', `${OK}Content-Length: -2\r\n\r\nhi`],
      ['a length with a plus', `${OK}Content-Length: +2\r\n\r\nhi`],
      ['a hexadecimal length', `${OK}Content-Length: 0x2\r\n\r\nhi`],
      ['a length with a point', `${OK}Content-Length: 2.0\r\n\r\nhi`],
      ['a length of two words', `${OK}Content-Length: 2 2\r\n\r\nhi`],
    ],
  ],
  [
    'a content-length without a number',
    [['no number for a length', `${OK}Content-Length: \r\n\r\nhi`]],
  ],
  [
    'a content-length above 2^53 - 1',
    [['a length of 2^64 + 2', `${OK}Content-Length: 18446744073709551618\r\n\r\nhi`]],
  ],
  [
    'a content-length beside a transfer-encoding',
    [
      ['a length and chunks', `${OK}${CL}${TE}\r\n0\r\n\r\n`],
      ['chunks and a length', `${OK}${TE}${CL}\r\n0\r\n\r\n`],
    ],
  ],
  [
    'more than one transfer-encoding',
    [['chunked twice', `${OK}${TE}${TE}\r\n0\r\n\r\n`, 'Node takes chunked twice for once']],
  ],
  [
    'a transfer-encoding other than chunked',
    [
      [
        'a list of chunked',
        `${OK}Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n`,
        OTHER_CODING,
      ],
      ['gzip, chunked', `${OK}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`, OTHER_CODING],
      ['chunked, gzip', `${OK}Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n`, OTHER_CODING],
      ['identity', `${OK}Transfer-Encoding: identity\r\n\r\nhi`, OTHER_CODING],
      ['xchunked', `${OK}Transfer-Encoding: xchunked\r\n\r\nhi`, OTHER_CODING],
      ['chunke', `${OK}Transfer-Encoding: chunke\r\n\r\nhi`, OTHER_CODING],
      ['chun ked', `${OK}Transfer-Encoding: chun ked\r\n\r\nhi`, OTHER_CODING],
      ['chunked of two words', `${OK}Transfer-Encoding: chunked x\r\n\r\nhi`, OTHER_CODING],
      ['no coding', `${OK}Transfer-Encoding:\r\n\r\nhi`, OTHER_CODING],
    ],
  ],
  [
    'a transfer-encoding in an answer of HTTP/1.0',
    [
      [
        'chunks in HTTP/1.0',
        `HTTP/1.0 200 OK\r\n${TE}\r\n0\r\n\r\n`,
        'Node reads chunks in HTTP/1.0',
      ],
    ],
  ],
  [
    'a chunk size of more than 16 digits',
    [['a size of 2^64 + 2', `${CHUNKED}10000000000000002\r\nhi\r\n0\r\n\r\n`]],
  ],
  [
    'a chunk size above 2^53 - 1',
    [['a size of 2^64 - 1', `${CHUNKED}ffffffffffffffff\r\nhi\r\n0\r\n\r\n`]],
  ],
  [
    'a chunk without a size',
    [
      ['a negative size', `${CHUNKED}-2\r\nhi\r\n0\r\n\r\n`],
      ['a space before a size', `${CHUNKED} 2\r\nhi\r\n0\r\n\r\n`],
      ['no size', `${CHUNKED}\r\nhi\r\n0\r\n\r\n`],
      ['an extension without a size', `${CHUNKED};a\r\nhi\r\n0\r\n\r\n`],
    ],
  ],
  [
    'a chunk size with a character that may not stand in it',
    [
      ['a size with 0x', `${CHUNKED}0x2\r\nhi\r\n0\r\n\r\n`],
      ['a size with a space', `${CHUNKED}2 \r\nhi\r\n0\r\n\r\n`],
      ['a size that is no number', `${CHUNKED}2g\r\nhi\r\n0\r\n\r\n`],
      ['a control character in an extension', `${CHUNKED}2;a=\x01\r\nhi\r\n0\r\n\r\n`],
      ['a line feed after a size', `${CHUNKED}2\nhi\r\n0\r\n\r\n`],
      ['a line feed after an extension', `${CHUNKED}2;a\nhi\r\n0\r\n\r\n`],
    ],
  ],
  [
    'a carriage return without a line feed after a chunk size',
    [['a carriage return after a size', `${CHUNKED}2\rhi\r\n0\r\n\r\n`]],
  ],
  [
    'a chunk that is longer than its size',
    [
      ['no line end after a chunk', `${CHUNKED}2\r\nhi0\r\n\r\n`],
      ['a line feed after a chunk', `${CHUNKED}2\r\nhi\n0\r\n\r\n`],
    ],
  ],
  [
    'a carriage return without a line feed after a chunk',
    [['a carriage return after a chunk', `${CHUNKED}2\r\nhi\r0\r\n\r\n`]],
  ],
  [
    'a trailer that says how long the body is',
    [
      ['a length in a trailer', `${CHUNKED}0\r\n${CL}\r\n`],
      [
        'a coding in a trailer',
        `${CHUNKED}0\r\n${TE}\r\n`,
        'Node overlooks a transfer-encoding in trailers',
      ],
    ],
  ],
  [
    'a header line without a colon',
    [
      ['a trailer without a colon', `${CHUNKED}0\r\nDigest\r\n\r\n`],
      ['no colon', `${OK}Nothing\r\n\r\nhi`],
    ],
  ],
  [
    'a space between the name of a header and its colon',
    [
      ['a space before a colon', `${OK}Content-Length : 2\r\n\r\nhi`],
      ['a tab before a colon', `${OK}X\t: 2\r\n\r\nhi`],
    ],
  ],
  [
    'a header line that begins with a space',
    [
      ['a folded line', `${OK}X: a\r\n b\r\n\r\nhi`],
      ['a line folded with a tab', `${OK}X: a\r\n\tb\r\n\r\nhi`],
      ['a space before the first name', `${OK} X: a\r\n\r\nhi`],
    ],
  ],
  ['a header line without a name', [['no name', `${OK}: x\r\n\r\nhi`]]],
  [
    'a header name with a character that may not stand in it',
    [
      ['a name in brackets', `${OK}(X): x\r\n\r\nhi`],
      ['a NUL in a name', `${OK}X\0: x\r\n\r\nhi`],
      ['a byte above ASCII in a name', `${OK}X\u00e4: x\r\n\r\nhi`],
    ],
  ],
  [
    'a control character in a header value',
    [
      ['a NUL in a value', `${OK}X: a\0b\r\n\r\nhi`],
      ['a DEL in a value', `${OK}X: a\x7fb\r\n\r\nhi`],
      ['a NUL in connection options', `${OK}Connection: a\0b\r\n\r\nhi`],
    ],
  ],
  [
    'a line feed without a carriage return in a header value',
    [['a line feed after a value', `${OK}X: a\n\r\nhi`]],
  ],
  [
    'a line feed without a carriage return in a header line',
    [['a line feed for the empty line', `${OK}X: a\r\n\nhi`]],
  ],
  [
    'a carriage return without a line feed in a header line',
    [
      ['a carriage return in a value', `${OK}X: a\rb\r\n\r\nhi`],
      ['a carriage return for the empty line', `${OK}X: a\r\n\rhi`],
    ],
  ],
  [
    'a line feed without a carriage return in the status line',
    [['a line feed after the status line', `HTTP/1.1 200 OK\n${CL}\r\nhi`]],
  ],
  [
    'a carriage return without a line feed in the status line',
    [
      ['a carriage return after the status line', 'HTTP/1.1 200 OK\rX: a\r\n\r\n'],
      [
        'two carriage returns after the status line',
        'HTTP/1.1 200 OK\r\rX: a\r\n\r\n',
        'Node takes two carriage returns for the end of a status line',
      ],
    ],
  ],
  [
    'a control character in the status line',
    [
      [
        'a NUL in the reason',
        `HTTP/1.1 200 O\0K\r\n${CL}\r\nhi`,
        'Node reads a reason with control characters',
      ],
    ],
  ],
  [
    'something else than a status line of HTTP/1',
    [
      [
        'a line end before the status line',
        `\r\n${OK}${CL}\r\nhi`,
        'Node skips line ends before a status line',
      ],
      [
        'HTTP/2.0',
        `HTTP/2.0 200 OK\r\n${CL}\r\nhi`,
        'Node reads answers of HTTP/0.9 and HTTP/2.0 in the form of HTTP/1.1',
      ],
      ['http/1.1', `http/1.1 200 OK\r\n${CL}\r\nhi`],
      ['another protocol', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ],
  ],
  ['a version other than 1.0 and 1.1', [['HTTP/1.2', `HTTP/1.2 200 OK\r\n${CL}\r\nhi`]]],
  [
    'a status that is no number from 100 to 999',
    [
      ['two spaces before the status', `HTTP/1.1  200 OK\r\n${CL}\r\nhi`],
      ['a status of two digits', `HTTP/1.1 20 OK\r\n${CL}\r\nhi`],
      ['a status below 100', `HTTP/1.1 099 OK\r\n${CL}\r\nhi`, 'Node knows statuses below 100'],
    ],
  ],
  [
    'a status line without a space after the version',
    [
      ['a tab before the status', `HTTP/1.1\t200 OK\r\n${CL}\r\nhi`],
      ['no status', 'HTTP/1.1\r\n\r\n'],
    ],
  ],
  [
    'a status line with more than three digits for the status',
    [['a status of four digits', `HTTP/1.1 2000 OK\r\n${CL}\r\nhi`]],
  ],
  [
    'a change of protocol that was not asked for',
    [['an upgrade', 'HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n']],
  ],
];

describe("beside Node's parser", () => {
  let node: NodeClient;
  beforeAll(async () => {
    node = await startNodeClient();
  });
  afterAll(() => node.close());

  const all = MALFORMED.flatMap(([fault, rows]) =>
    rows.map(([what, text, difference = ALIKE]) => ({ what, text, fault, difference })),
  );

  it.each(all)('$what is refused', async ({ text, fault, difference }) => {
    const ours = outcomeOf(text);
    expect(ours).toEqual({ code: 'MALFORMED', message: fault });
    expect(outcomeOf(text, { splits: everyByte(text) })).toEqual(ours);
    const nodes = await node.read(text);
    // Another version of Node may be stricter than the one the reasons were written for.
    expect([ALIKE, difference]).toContain(agree(ours, nodes) ? ALIKE : reasonOf(text, ours, nodes));
  });
});
