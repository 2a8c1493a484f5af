import fc from 'fast-check';

/** A damaged answer in latin1, with the method of its request. */
export interface MutatedAnswer {
  readonly method: string;
  readonly text: string;
}

const DATE = 'Date: Mon, 23 Nov 2026 22:28:29 GMT\r\n';

/** Answers as servers send them. */
const USUAL: readonly (readonly [method: string, text: string])[] = [
  [
    'GET',
    `HTTP/1.1 200 OK\r\nServer: nginx\r\n${DATE}Content-Length: 12\r\nConnection: keep-alive\r\n\r\n{"a": 12345}`,
  ],
  ['GET', `HTTP/1.0 200 OK\r\n${DATE}Content-Length: 2\r\nConnection: Keep-Alive\r\n\r\nhi`],
  ['GET', 'HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n'],
  [
    'GET',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nDate: today\r\n\r\n5\r\nhello\r\n1A\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\n\r\n',
  ],
  [
    'GET',
    'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nTrailer: Digest\r\n\r\n3;name=value\r\nabc\r\n2;x\r\nde\r\n0;last="yes, it is"\r\nDigest: 1234\r\n\r\n',
  ],
  ['GET', 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nuntil the end'],
  ['GET', 'HTTP/1.0 200\r\n\r\nuntil the end'],
  ['GET', 'HTTP/1.1 204 No Content\r\nServer: nginx\r\n\r\n'],
  ['GET', 'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\nContent-Length: 77\r\n\r\n'],
  ['HEAD', 'HTTP/1.1 200 OK\r\nContent-Length: 77\r\nConnection: close\r\n\r\n'],
  ['HEAD', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'],
  [
    'GET',
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc',
  ],
];

// Bytes that mean something in an answer come more often than others.
const byte = fc.oneof(
  fc.constantFrom(...'\0\t\n\r\r\n  ,-.+/;:="019aAfFxX~\u007f\u0080\u00ff'.split('')),
  fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
);
const mutation = fc.record({
  how: fc.constantFrom('insert', 'replace', 'delete', 'double'),
  place: fc.nat({ max: 10_000 }),
  byte,
});

/** A usual answer with one or two bytes inserted, replaced, deleted or doubled. */
export const anyMutatedAnswer: fc.Arbitrary<MutatedAnswer> = fc
  .tuple(fc.constantFrom(...USUAL), fc.array(mutation, { minLength: 0, maxLength: 2 }))
  .map(([[method, usual], mutations]) => {
    let text = usual;
    for (const { how, place, byte: wrong } of mutations) {
      const at = place % text.length;
      const kept = { insert: text[at], replace: '', delete: '', double: text[at] }[how];
      const added = { insert: wrong, replace: wrong, delete: '', double: text[at] }[how];
      text = text.slice(0, at) + added + kept + text.slice(at + 1);
    }
    return { method, text };
  });
