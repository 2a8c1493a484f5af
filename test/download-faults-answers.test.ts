import { afterAll, beforeAll } from 'vitest';
import { CUT, REST, testRows, type FaultRow } from './support/fault-rows.js';
import { startFileServer, type FileServer } from './support/file-server.js';

let server: FileServer;
beforeAll(async () => {
  server = await startFileServer();
});
afterAll(() => server.close());

const busy = { status: 503, headers: { 'Retry-After': '0' } };

const rows: readonly FaultRow[] = [
  {
    it: '503 with Retry-After: it is asked for again',
    served: { answers: [busy, busy] },
    ends: { version: 1 },
    ranges: [undefined, undefined, undefined],
  },
  {
    it: '503 at every try: it is given up after the retries',
    served: { always: busy },
    options: { retries: 2 },
    ends: { code: 'STATUS', says: /503 Service Unavailable/ },
    ranges: [undefined, undefined, undefined],
  },
  {
    it: '503 with a Retry-After of a day: nobody waits for so long',
    served: { always: { status: 503, headers: { 'Retry-After': '86400' } } },
    ends: { code: 'STATUS', says: /503 Service Unavailable/ },
    ranges: [undefined],
  },
  {
    it: '429 and 500: they pass, too',
    served: { answers: [{ status: 429 }, { status: 500 }] },
    ends: { version: 1 },
    ranges: [undefined, undefined, undefined],
  },
  {
    it: '404: it is not asked for again',
    served: { always: { status: 404 } },
    ends: { code: 'STATUS', says: /404 Not Found/ },
    ranges: [undefined],
  },
  {
    it: '204, which holds no file: it is refused',
    served: { always: { status: 204 } },
    ends: { code: 'STATUS', says: /204 No Content/ },
    ranges: [undefined],
  },
  {
    it: 'a server that stops sending: the rest is fetched on another connection',
    served: { answers: [{ holdAt: CUT }] },
    options: { stallMs: 150 },
    ends: { version: 1 },
    ranges: [undefined, REST],
    restarts: 0,
  },
  {
    it: 'a server that sends next to nothing: the same',
    served: { answers: [{ bytesPerSecond: 200 }], validator: 'none' },
    options: { stallMs: 150 },
    ends: { version: 1 },
    ranges: [undefined, undefined],
  },
  {
    it: 'a server that always stops before the first byte: it is given up after the retries',
    served: { always: { holdAt: 0 } },
    options: { stallMs: 50, retries: 2 },
    ends: { code: 'STALLED', says: /^file\.bin: / },
    ranges: [undefined, undefined, undefined],
  },
  {
    it: 'a header that never comes: it is asked for again',
    served: { answers: [{ holdAt: 'header' }] },
    options: { timeoutMs: 200 },
    ends: { version: 1 },
    ranges: [undefined, undefined],
  },
  {
    it: 'a header that never comes, at every try: it is given up after the retries',
    served: { always: { holdAt: 'header' } },
    options: { timeoutMs: 50, retries: 1 },
    ends: { code: 'TIMEOUT', says: /^file\.bin: / },
    ranges: [undefined, undefined],
  },
];

testRows(() => server, rows);
