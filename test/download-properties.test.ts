import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eachConcurrently } from '../src/core/concurrency.js';
import {
  downloadOne,
  expectBytes,
  expectRefused,
  TRANSPORTS,
  useFolders,
} from './support/download-fixture.js';
import {
  contentOf,
  sha256Of,
  startFileServer,
  type AnswerChange,
  type FileServer,
  type FileValidator,
} from './support/file-server.js';

// The seed is fixed so that a failure comes again, and printed by fast-check; LWASYNC_SEED looks elsewhere.
const SEED = Number(process.env['LWASYNC_SEED'] ?? 1);

let server: FileServer;
beforeAll(async () => {
  server = await startFileServer();
});
afterAll(() => server.close());

const folderOf = useFolders();

describe.each(TRANSPORTS)('with transport %s', (transport) => {
  async function expectResumes(dir: string, name: string, sizeBytes: number, cutAfter: number) {
    const url = await server.serve(name, { sizeBytes, answers: [{ cutAfter }] });
    const seen = (await server.requests(name)).length;
    const file = await downloadOne({ url }, { dir, transport, overwrite: true, durable: false });
    expect(file).toMatchObject({ outcome: 'done', fetchedBytes: sizeBytes, attempts: 2 });
    const ranges = (await server.requests(name)).slice(seen).map(({ headers }) => headers['range']);
    expect(ranges).toEqual([undefined, cutAfter === 0 ? undefined : `bytes=${cutAfter}-`]);
    expectBytes(dir, name, contentOf(name, sizeBytes));
  }

  test('cut at each of the 300 bytes of a file, it goes on from there', async () => {
    const dir = folderOf();
    await eachConcurrently(300, 10, (cutAfter) =>
      expectResumes(dir, `small-${transport}-${cutAfter}`, 300, cutAfter),
    );
  });

  test('cut at any byte of a larger file, it goes on from there', async () => {
    const dir = folderOf();
    const where = fc
      .integer({ min: 1, max: 1_000_000 })
      .chain((size) => fc.tuple(fc.constant(size), fc.integer({ min: 0, max: size - 1 })));
    await fc.assert(
      fc.asyncProperty(where, ([size, cut]) => expectResumes(dir, `large-${transport}`, size, cut)),
      { numRuns: 40, seed: SEED },
    );
  });

  test('whatever a server does one after another, the file is right or there is none', async () => {
    const dir = folderOf();
    let number = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fault, { minLength: 1, maxLength: 6 }),
        fc.constantFrom<FileValidator>('etag', 'weak etag', 'date', 'none'),
        fc.option(fc.constantFrom(1, 2)),
        async (answers, validator, checksumOf) => {
          number += 1;
          const name = `any-${transport}-${number}`;
          const url = await server.serve(name, { sizeBytes: SIZE, validator, answers });
          const checksum =
            checksumOf === null
              ? undefined
              : ({ algorithm: 'sha256', hex: sha256Of(name, SIZE, checksumOf) } as const);
          const file = await downloadOne(
            { url, checksum },
            { dir, transport, timeoutMs: 100, stallMs: 60, retries: 2, durable: false },
          );
          if (file.outcome !== 'done') return expectRefused(dir, name, file);
          // One version or the other, whole; never a mixture.
          const version =
            file.proof === 'list' ? (checksumOf ?? 0) : lastVersion(answers, file.attempts);
          expectBytes(dir, name, contentOf(name, SIZE, version));
        },
      ),
      { numRuns: 40, seed: SEED },
    );
  });
});

const SIZE = 5000;
const position = fc.integer({ min: 0, max: SIZE - 1 });

/** Faults of which none makes other bytes pass for right ones by itself. */
const fault: fc.Arbitrary<AnswerChange> = fc
  .tuple(
    fc.oneof(
      { weight: 6, arbitrary: fc.record({ cutAfter: position }) },
      fc.record({ cutAfter: position, cut: fc.constant('reset' as const) }),
      fc.record({ cutAfter: position, framing: fc.constant('chunked' as const) }),
      fc.record({ cutAfter: position, ignoreRange: fc.constant(true) }),
      fc.record({ shift: fc.integer({ min: -3, max: 3 }) }),
      fc.record({ partBytes: fc.integer({ min: 1, max: SIZE }) }),
      fc.record({ lengthOffBy: fc.integer({ min: 1, max: 9 }) }),
      fc.constantFrom<AnswerChange>(
        { multipart: true },
        { status: 503, headers: { 'Retry-After': '0' } },
        { status: 404 },
        { status: 416 },
        { holdAt: 'header' },
        { holdAt: 1234 },
        { gzip: true },
        { headers: { 'Content-Range': null } },
      ),
    ),
    fc.option(fc.constantFrom(1, 2), { freq: 3 }),
  )
  .map(([change, version]) =>
    version === null ? change : Object.assign({ from: { version } }, change),
  );

/** The version that the last answer was of. */
function lastVersion(answers: readonly AnswerChange[], attempts: number): number {
  const versions = answers.slice(0, attempts).map(({ from }) => from?.version);
  return versions.findLast((version) => version !== undefined) ?? 1;
}
