import { afterAll, beforeAll } from 'vitest';
import { CUT, REST, SIZE, testRows, type FaultRow } from './support/fault-rows.js';
import { startFileServer, type FileServer } from './support/file-server.js';

let server: FileServer;
beforeAll(async () => {
  server = await startFileServer();
});
afterAll(() => server.close());

const rows: readonly FaultRow[] = [
  {
    it: 'a length that is too long: once the connection has ended the whole is fetched again',
    served: { answers: [{ lengthOffBy: 100 }] },
    ends: { version: 1 },
    ranges: [undefined, `bytes=${SIZE}-`, undefined],
  },
  {
    it: 'a length that is always too long: it is refused',
    served: { always: { lengthOffBy: 100, ignoreRange: true } },
    options: { retries: 1 },
    ends: { code: 'CONNECTION', says: /^file\.bin: / },
    ranges: [undefined, `bytes=${SIZE}-`],
  },
  {
    it: 'a length that is too short: the checksum finds it, at the second try too',
    served: { always: { lengthOffBy: -100 } },
    checksumOf: 1,
    ends: { code: 'CHECKSUM', says: /sha256/ },
    ranges: [undefined, undefined],
    restarts: 1,
  },
  {
    it: 'no length and no checksum: it is refused, since a cut could not be told from the end',
    served: { always: { framing: 'close' } },
    ends: { code: 'NO_LENGTH', says: /how long/ },
    ranges: [undefined],
  },
  {
    it: 'no length but a checksum: it is taken',
    served: { always: { framing: 'close' } },
    checksumOf: 1,
    ends: { version: 1 },
    ranges: [undefined],
  },
  {
    it: 'no length but a digest of the server: it is taken',
    served: { digest: 'right', always: { framing: 'close' } },
    ends: { version: 1 },
    ranges: [undefined],
  },
  {
    it: 'chunked: it is taken',
    served: { always: { framing: 'chunked' } },
    ends: { version: 1 },
    ranges: [undefined],
  },
  {
    it: 'an empty file: it is taken',
    served: { sizeBytes: 0 },
    ends: { version: 1, sizeBytes: 0 },
    ranges: [undefined],
  },
  {
    it: 'a digest that the bytes do not have: they are fetched once more and refused',
    served: { digest: 'wrong' },
    ends: { code: 'CHECKSUM', says: /sha256/ },
    ranges: [undefined, undefined],
    restarts: 1,
  },
  {
    it: 'a byte that came out wrong under a right digest, twice: it is refused',
    served: { digest: 'right', always: { flip: 150_000 } },
    ends: { code: 'CHECKSUM', says: /sha256/ },
    ranges: [undefined, undefined],
    restarts: 1,
  },
  {
    it: 'a byte that came out wrong under a checksum of the list, twice: it is refused',
    served: { always: { flip: 0 } },
    checksumOf: 1,
    ends: { code: 'CHECKSUM', says: /sha256/ },
    ranges: [undefined, undefined],
    restarts: 1,
  },
  {
    it: 'a byte that came out wrong before a cut: the whole is fetched again',
    served: { digest: 'right', answers: [{ flip: 5, cutAfter: CUT }] },
    ends: { version: 1 },
    ranges: [undefined, REST, undefined],
    restarts: 1,
  },
  {
    it: 'a byte that came out wrong once: the whole is fetched again',
    served: { digest: 'right', answers: [{ flip: 199_999 }] },
    ends: { version: 1 },
    ranges: [undefined, undefined],
    restarts: 1,
  },
  {
    it: 'a cut under a right digest: the rest is fetched and the whole is held against it',
    served: { digest: 'right', answers: [{ cutAfter: CUT }] },
    ends: { version: 1 },
    ranges: [undefined, REST],
    restarts: 0,
  },
  {
    it: 'Content-Encoding: gzip, which nobody asked for: it is refused',
    served: { always: { gzip: true } },
    ends: { code: 'ENCODED', says: /gzip/ },
    ranges: [undefined],
  },
  {
    it: 'a body without an end: it is refused at the largest size that is accepted',
    served: { always: { endless: true } },
    options: { maxBytes: 1_000_000 },
    mostBytes: 1_000_000,
    ends: { code: 'TOO_LARGE', says: /1(?:\.0)? MB|1,000,000|1000000/ },
    ranges: [undefined],
  },
  {
    it: 'a length over the largest size that is accepted: it is refused at the header',
    served: { always: { holdAt: 0 } },
    options: { maxBytes: SIZE - 1 },
    mostBytes: 0,
    ends: { code: 'TOO_LARGE', says: /^file\.bin: / },
    ranges: [undefined],
  },
];

testRows(() => server, rows);
