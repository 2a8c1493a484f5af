import { afterAll, beforeAll } from 'vitest';
import { CUT, REST, SIZE, testRows, type FaultRow } from './support/fault-rows.js';
import { startFileServer, type AnswerChange, type FileServer } from './support/file-server.js';

let server: FileServer;
beforeAll(async () => {
  server = await startFileServer();
});
afterAll(() => server.close());

const cut = { cutAfter: CUT };

/** After a cut comes a part that is not the one that was asked for: nothing of it is used, and the whole is fetched. */
function unusable(it: string, change: AnswerChange): FaultRow {
  return {
    it: `${it}: it begins again`,
    served: { answers: [cut, change] },
    ends: { version: 1 },
    ranges: [undefined, REST, undefined],
    restarts: 1,
  };
}

const rows: readonly FaultRow[] = [
  unusable('a part that begins earlier', { shift: -10 }),
  unusable('a part that begins later', { shift: 10 }),
  unusable('a part of a file of another length', {
    headers: { 'Content-Range': `bytes ${CUT}-${SIZE - 1}/${SIZE + 1}` },
  }),
  unusable('a part that does not say which', { headers: { 'Content-Range': null } }),
  unusable('a part that says so in no known way', {
    headers: { 'Content-Range': `bytes=${CUT}-${SIZE - 1}/${SIZE}` },
  }),
  unusable('a part under another entity tag', { headers: { ETag: '"another"' } }),
  unusable('a part under no entity tag', { headers: { ETag: null } }),
  unusable('a part under a weak entity tag', { headers: { ETag: 'W/"file.bin-v1"' } }),
  unusable('a part in the form for several', { multipart: true }),
  unusable('a part that is encoded', { gzip: true }),
  unusable('a part whose length is another than its range', { lengthOffBy: -5 }),
  unusable('the answer that a part cannot be had', {
    status: 416,
    headers: { 'Content-Range': 'bytes */10' },
  }),
  unusable('the answer that a condition failed', { status: 412 }),
  {
    it: 'Range ignored: the whole file is taken from the same answer',
    served: { answers: [cut, { ignoreRange: true }] },
    ends: { version: 1 },
    ranges: [undefined, REST],
    restarts: 1,
  },
  {
    it: 'Range ignored and always cut at the same byte: it is given up after the retries',
    served: { always: { ...cut, ignoreRange: true } },
    options: { retries: 2 },
    ends: { code: 'CONNECTION', says: /^file\.bin: / },
    ranges: [undefined, REST, REST],
  },
  {
    it: 'a wrong part at every try: it is given up, or fetched as a whole, but never put together',
    served: { answers: [cut, { shift: 1 }, cut, { shift: -1 }] },
    ends: { version: 1 },
    ranges: [undefined, REST, undefined, REST, undefined],
    restarts: 2,
  },
  {
    it: 'a part that is shorter than was asked for: the rest of it is asked for',
    served: { answers: [cut, { partBytes: 30_000 }] },
    ends: { version: 1 },
    ranges: [undefined, REST, `bytes=${CUT + 30_000}-`],
    restarts: 0,
  },
  {
    it: 'a part that is cut in turn: it goes on from there',
    served: { answers: [cut, { cutAfter: 10_000 }] },
    ends: { version: 1 },
    ranges: [undefined, REST, `bytes=${CUT + 10_000}-`],
    restarts: 0,
  },
  {
    it: 'a part of which more comes than it says: it is refused',
    served: {
      answers: [
        cut,
        {
          framing: 'chunked',
          headers: { 'Content-Range': `bytes ${CUT}-${CUT + 9}/${SIZE}` },
        },
      ],
    },
    ends: { code: 'BAD_ANSWER', says: /more bytes came than the server said/ },
    ranges: [undefined, REST],
  },
  {
    it: 'a part that nobody asked for: it is refused',
    served: { always: { status: 206 } },
    ends: { code: 'BAD_ANSWER', says: /206 Partial Content/ },
    ranges: [undefined],
  },
];

testRows(() => server, rows);
