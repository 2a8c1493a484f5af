import { afterAll, beforeAll } from 'vitest';
import { CUT, REST, SIZE, testRows, type FaultRow } from './support/fault-rows.js';
import { startFileServer, type FileServer } from './support/file-server.js';

let server: FileServer;
beforeAll(async () => {
  server = await startFileServer();
});
afterAll(() => server.close());

const cut = { cutAfter: CUT };
const changed = { from: { version: 2 } };

const rows: readonly FaultRow[] = [
  {
    it: 'a connection that is cut: the rest is fetched from the byte it was cut at',
    served: { answers: [cut] },
    ends: { version: 1 },
    ranges: [undefined, REST],
    restarts: 0,
  },
  {
    it: 'a connection that is reset: the same',
    served: { answers: [{ ...cut, cut: 'reset' }] },
    ends: { version: 1 },
    ranges: [undefined, REST],
    restarts: 0,
  },
  {
    it: 'cut more often than retries are allowed: each cut brought bytes, so it goes on',
    served: { answers: Array.from({ length: 9 }, () => ({ cutAfter: 20_000 })) },
    options: { retries: 1 },
    ends: { version: 1 },
    ranges: [undefined, ...Array.from({ length: 9 }, (_, cuts) => `bytes=${20_000 * (cuts + 1)}-`)],
    restarts: 0,
  },
  {
    it: 'cut before its first byte: it is asked for as a whole again',
    served: { answers: [{ cutAfter: 0 }] },
    ends: { version: 1 },
    ranges: [undefined, undefined],
  },
  {
    it: 'cut always before any byte: it is given up after the retries',
    served: { always: { cutAfter: 0 } },
    options: { retries: 2 },
    ends: { code: 'CONNECTION', says: /^file\.bin: / },
    ranges: [undefined, undefined, undefined],
  },
  {
    it: 'cut, chunked and without a length: the rest is fetched all the same',
    served: { answers: [{ ...cut, framing: 'chunked' }] },
    ends: { version: 1 },
    ranges: [undefined, REST],
  },
  {
    it: 'cut and a server error: what is there is still used afterwards',
    served: { answers: [cut, { status: 500 }] },
    ends: { version: 1 },
    ranges: [undefined, REST, REST],
    restarts: 0,
  },
  {
    it: 'cut and gone: it says so and there is no file',
    served: { answers: [cut], always: { status: 404 } },
    ends: { code: 'STATUS', says: /404 Not Found/ },
    ranges: [undefined, REST],
  },
  {
    it: 'cut and changed: the new version is taken from the same answer',
    served: { answers: [cut, { from: { version: 2, sizeBytes: 150_000 } }] },
    ends: { version: 2, sizeBytes: 150_000 },
    ranges: [undefined, REST],
    restarts: 1,
  },
  {
    it: 'cut and changed to as many other bytes: the same',
    served: { answers: [cut, changed] },
    ends: { version: 2 },
    ranges: [undefined, REST],
    restarts: 1,
  },
  {
    it: 'cut, changed, and changed once more: the last version',
    served: { answers: [cut, { ...changed, ...cut }, { from: { version: 3 } }] },
    ends: { version: 3 },
    ranges: [undefined, REST, REST],
    restarts: 2,
  },
  {
    it: 'cut and changed to less than is there: the new version',
    served: { answers: [cut, { from: { version: 2, sizeBytes: 10 } }] },
    ends: { version: 2, sizeBytes: 10 },
    ranges: [undefined, REST],
    restarts: 1,
  },
  {
    it: 'cut and changed under a weak entity tag: no part is asked for',
    served: { validator: 'weak etag', answers: [cut, changed] },
    ends: { version: 2 },
    ranges: [undefined, undefined],
  },
  {
    it: 'cut and changed without any validator: no part is asked for',
    served: { validator: 'none', answers: [cut, changed] },
    ends: { version: 2 },
    ranges: [undefined, undefined],
  },
  {
    it: 'cut, with a date of long ago: the rest is fetched if it still has that date',
    served: { validator: 'date', answers: [cut] },
    ends: { version: 1 },
    ranges: [undefined, REST],
    restarts: 0,
  },
  {
    it: 'cut and changed, with dates: the new version',
    served: { validator: 'date', answers: [cut, changed] },
    ends: { version: 2 },
    ranges: [undefined, REST],
    restarts: 1,
  },
  {
    it: 'cut, with a date of just now: it may change within the second, so no part is asked for',
    served: { validator: 'fresh date', answers: [cut, changed] },
    ends: { version: 2 },
    ranges: [undefined, undefined],
  },
  {
    it: 'cut, without a validator but with a checksum: the rest is fetched',
    served: { validator: 'none', answers: [cut] },
    checksumOf: 1,
    ends: { version: 1 },
    ranges: [undefined, REST],
    restarts: 0,
  },
  {
    it: 'cut and changed under the same entity tag: the checksum finds the mixture, and it begins again',
    served: { validator: 'same etag', answers: [cut, changed] },
    checksumOf: 2,
    ends: { version: 2 },
    ranges: [undefined, REST, undefined],
    restarts: 1,
  },
  {
    it: 'cut and changed to another version than the checksum is of: it is refused',
    served: { answers: [cut, changed] },
    checksumOf: 1,
    ends: { code: 'CHECKSUM', says: /sha256/ },
    ranges: [undefined, REST, undefined],
  },
  {
    it: 'cut in its very last byte: one byte is fetched',
    served: { answers: [{ cutAfter: SIZE - 1 }] },
    ends: { version: 1 },
    ranges: [undefined, `bytes=${SIZE - 1}-`],
  },
];

testRows(() => server, rows);
