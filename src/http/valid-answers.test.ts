import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyByte, outcomeOf } from '../../test/support/answer-outcome.js';
import { type NodeClient, startNodeClient } from '../../test/support/node-outcome.js';

const OK = 'HTTP/1.1 200 OK\r\n';
const CL = 'Content-Length: 2\r\n';
const TE = 'Transfer-Encoding: chunked\r\n';
const CHUNKED = `${OK}${TE}\r\n`;

// What it is, the answer, its body, whether the connection stays.
const VALID: readonly (readonly [what: string, text: string, body: string, stays: boolean])[] = [
  ['a length', `${OK}${CL}\r\nhi`, 'hi', true],
  ['a length of nothing', `${OK}Content-Length: 0\r\n\r\n`, '', true],
  ['a length with leading zeros', `${OK}Content-Length: 0002\r\n\r\nhi`, 'hi', true],
  ['no space before a value', `${OK}Content-Length:2\r\n\r\nhi`, 'hi', true],
  ['spaces around a value', `${OK}Content-Length:   2   \r\n\r\nhi`, 'hi', true],
  ['names in capitals', `${OK}CONTENT-LENGTH: 2\r\n\r\nhi`, 'hi', true],
  ['no reason', `HTTP/1.1 200 \r\n${CL}\r\nhi`, 'hi', true],
  ['no reason and no space', `HTTP/1.1 200\r\n${CL}\r\nhi`, 'hi', true],
  ['a reason of all sorts', `HTTP/1.1 200 \tO:K \u00e4\r\n${CL}\r\nhi`, 'hi', true],
  ['a value that is empty', `${OK}X:\r\n${CL}\r\nhi`, 'hi', true],
  ['a value with tabs and old letters', `${OK}X: a\tb\u00ff\r\n${CL}\r\nhi`, 'hi', true],
  ['a name with every kind of sign', `${OK}!#$%&'*+-.^_\`|~09Az: x\r\n${CL}\r\nhi`, 'hi', true],
  ['names that only resemble', `${OK}Content-Lengti: 9\r\nTe: x\r\n${CL}\r\nhi`, 'hi', true],
  ['the end of the connection', `${OK}\r\nhi`, 'hi', false],
  ['an unlimited nothing', `${OK}\r\n`, '', false],
  ['keep-alive without a length', `${OK}Connection: keep-alive\r\n\r\nhi`, 'hi', false],
  ['close', `${OK}${CL}Connection: close\r\n\r\nhi`, 'hi', false],
  ['close among others', `${OK}${CL}Connection: a ,, CLOSE\t,b\r\n\r\nhi`, 'hi', false],
  [
    'close in the second line',
    `${OK}${CL}Connection: a\r\nConnection: close\r\n\r\nhi`,
    'hi',
    false,
  ],
  ['close and keep-alive', `${OK}${CL}Connection: close, keep-alive\r\n\r\nhi`, 'hi', false],
  ['close with more letters', `${OK}${CL}Connection: closed, xclose\r\n\r\nhi`, 'hi', true],
  ['close with fewer letters', `${OK}${CL}Connection: clos\r\n\r\nhi`, 'hi', true],
  ['close of two words', `${OK}${CL}Connection: clo se, close d\r\n\r\nhi`, 'hi', true],
  ['HTTP/1.0', `HTTP/1.0 200 OK\r\n${CL}\r\nhi`, 'hi', false],
  ['1.0 that stays', `HTTP/1.0 200 OK\r\n${CL}Connection: Keep-Alive\r\n\r\nhi`, 'hi', true],
  ['1.0 that both', `HTTP/1.0 200 OK\r\n${CL}Connection: keep-alive, close\r\n\r\nhi`, 'hi', false],
  ['chunks', `${CHUNKED}2\r\nhi\r\nA\r\n0123456789\r\n0\r\n\r\n`, 'hi0123456789', true],
  ['no chunks', `${CHUNKED}0\r\n\r\n`, '', true],
  ['sizes with zeros', `${CHUNKED}0002\r\nhi\r\n000\r\n\r\n`, 'hi', true],
  ['chunked in capitals', `${OK}Transfer-Encoding: CHUNKED  \r\n\r\n0\r\n\r\n`, '', true],
  ['extensions', `${CHUNKED}2;a;b=c;d="e f"\r\nhi\r\n0;x\r\n\r\n`, 'hi', true],
  ['trailers', `${CHUNKED}2\r\nhi\r\n0\r\nDigest: x\r\nA: b\r\n\r\n`, 'hi', true],
  ['a trailer about the connection', `${CHUNKED}0\r\nConnection: close\r\n\r\n`, '', true],
  [
    'interim answers',
    `HTTP/1.1 100\r\n\r\nHTTP/1.1 103 x\r\nA: b\r\n\r\n${OK}${CL}\r\nhi`,
    'hi',
    true,
  ],
  ['an interim close', `HTTP/1.1 103\r\nConnection: x\r\n\r\n${OK}${CL}\r\nhi`, 'hi', true],
  ['a length in an interim answer', `HTTP/1.1 102\r\nA: b\r\n\r\n${OK}${CL}\r\nhi`, 'hi', true],
];

describe("beside Node's parser", () => {
  let node: NodeClient;
  beforeAll(async () => {
    node = await startNodeClient();
  });
  afterAll(() => node.close());

  it.each(VALID)('%s is read alike', async (_, text, body, keepsAlive) => {
    const ours = outcomeOf(text);
    expect(ours).toEqual({ status: 200, body, keepsAlive, leftOver: 0 });
    expect(outcomeOf(text, { splits: everyByte(text) })).toEqual(ours);
    expect(await node.read(text)).toEqual({ status: 200, body });
  });
});
