import { execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  mkdirSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { REAL_DISK } from '../src/download/disk.js';
import { formatJournal, type Journal } from '../src/download/journal.js';
import {
  downloadOne,
  expectBytes,
  expectOnly,
  TRANSPORTS,
  useFolders,
} from './support/download-fixture.js';
import {
  contentOf,
  startFileServer,
  type FileServer,
  type ServedFile,
} from './support/file-server.js';

let server: FileServer;
beforeAll(async () => {
  server = await startFileServer();
});
afterAll(() => server.close());

const folderOf = useFolders();
const SIZE = 100_000;
const NAME = 'file.bin';
const CONTENT = contentOf(NAME, SIZE);

/** A folder in which another process left a part and its journal, and a server of the file. */
async function leftBehind(
  part: Uint8Array,
  changes: Partial<Journal>,
  served?: Partial<ServedFile>,
) {
  const dir = folderOf();
  const url = await server.serve(NAME, { sizeBytes: SIZE, ...served });
  const journal: Journal = {
    url,
    validator: { kind: 'etag', value: `"${NAME}-v1"` },
    sizeBytes: SIZE,
    checksum: undefined,
    durable: true,
    bytes: part.length,
    ...changes,
  };
  writeFileSync(join(dir, `${NAME}.part`), part);
  writeFileSync(join(dir, `${NAME}.part.json`), formatJournal(journal));
  const seen = (await server.requests(NAME)).length;
  const ranges = async (): Promise<unknown[]> =>
    (await server.requests(NAME)).slice(seen).map(({ headers }) => headers['range']);
  return { dir, url, ranges };
}

describe.each(TRANSPORTS)('what another process left (transport %s)', (transport) => {
  test('416 on a part that is complete finishes it', async () => {
    const { dir, url, ranges } = await leftBehind(CONTENT, {});
    const file = await downloadOne({ url }, { dir, transport });
    expect(file).toMatchObject({ outcome: 'done', fetchedBytes: 0, resumedBytes: SIZE });
    expect(await ranges()).toEqual([`bytes=${SIZE}-`]);
    expectBytes(dir, NAME, CONTENT);
    expectOnly(dir, [NAME]);
  });

  test('416 on a part that is longer than the file is now brings the whole', async () => {
    const served = { sizeBytes: 10, validator: 'same etag' } as const;
    const validator = { kind: 'etag', value: `"${NAME}"` } as const;
    const { dir, url, ranges } = await leftBehind(CONTENT, { validator }, served);
    const file = await downloadOne({ url }, { dir, transport });
    expect(file.outcome).toBe('done');
    expect(await ranges()).toEqual([`bytes=${SIZE}-`, undefined]);
    expectBytes(dir, NAME, CONTENT.subarray(0, 10));
  });

  test('a complete part of another version is replaced', async () => {
    const served = { version: 2 };
    const { dir, url, ranges } = await leftBehind(CONTENT, {}, served);
    const file = await downloadOne({ url }, { dir, transport });
    expect(file.outcome).toBe('done');
    expect(await ranges()).toEqual([`bytes=${SIZE}-`]);
    expectBytes(dir, NAME, contentOf(NAME, SIZE, 2));
  });

  test('bytes behind those of the journal are not believed', async () => {
    const part = Buffer.concat([CONTENT.subarray(0, 30_000), Buffer.alloc(50_000)]);
    const { dir, url, ranges } = await leftBehind(part, { bytes: 30_000 });
    const file = await downloadOne({ url }, { dir, transport });
    expect(file).toMatchObject({ outcome: 'done', fetchedBytes: 70_000 });
    expect(await ranges()).toEqual(['bytes=30000-']);
    expectBytes(dir, NAME, CONTENT);
  });

  test.each<[string, number, Partial<Journal>]>([
    ['a part that is shorter than its journal says', 100, { bytes: 30_000 }],
    ['a part of another address', 30_000, { url: 'http://127.0.0.1/other' }],
    ['a part without a validator', 30_000, { validator: undefined }],
  ])('%s is fetched anew', async (_, length, changes) => {
    const { dir, url, ranges } = await leftBehind(CONTENT.subarray(0, length), changes);
    const file = await downloadOne({ url }, { dir, transport });
    expect(file).toMatchObject({ outcome: 'done', resumedBytes: 0 });
    expect(await ranges()).toEqual([undefined]);
    expectBytes(dir, NAME, CONTENT);
    expectOnly(dir, [NAME]);
  });
});

test('a journal that is none makes nothing of its part', async () => {
  const { dir, url, ranges } = await leftBehind(CONTENT, {});
  writeFileSync(join(dir, `${NAME}.part.json`), '{"version":1,"url":');
  expect((await downloadOne({ url }, { dir })).outcome).toBe('done');
  expect(await ranges()).toEqual([undefined]);
  expectBytes(dir, NAME, CONTENT);
});

test('half a journal that a killed process left beside the whole one is removed in the end', async () => {
  const { dir, url } = await leftBehind(CONTENT.subarray(0, 30_000), {});
  writeFileSync(join(dir, `${NAME}.part.json.tmp`), '{"ver');
  expect(await downloadOne({ url }, { dir })).toMatchObject({ resumedBytes: 30_000 });
  expectOnly(dir, [NAME]);
});

test('a file that comes under the final name while the disk is slow stays as it is', async () => {
  const dir = folderOf();
  const url = await server.serve(NAME, { sizeBytes: SIZE });
  const path = join(dir, NAME);
  const syncAll = (fd: number): Promise<void> => {
    if (!existsSync(path)) writeFileSync(path, 'of somebody else');
    return REAL_DISK.syncAll(fd);
  };
  const file = await downloadOne({ url }, { dir }, { disk: { ...REAL_DISK, syncAll } });
  expect(file.failure?.code).toBe('EXISTS');
  expect(readFileSync(path, 'utf8')).toBe('of somebody else');
});

test.skipIf(process.platform === 'win32')(
  'a pipe in the place of a lock or a journal is not waited for',
  async () => {
    for (const suffix of ['.part.lock', '.part.json']) {
      const dir = folderOf();
      const url = await server.serve(NAME, { sizeBytes: SIZE });
      execFileSync('mkfifo', [join(dir, NAME + suffix)]);
      const file = await downloadOne({ url }, { dir });
      expect(file.outcome).toBe('done');
      expectOnly(dir, [NAME]);
    }
  },
);

test('a part that is not ours stays as it is', async () => {
  const dir = folderOf();
  const url = await server.serve(NAME, { sizeBytes: SIZE });
  const part = join(dir, `${NAME}.part`);
  writeFileSync(part, 'mine');
  const file = await downloadOne({ url }, { dir });
  expect(file).toMatchObject({ outcome: 'failed', failure: { code: 'EXISTS' } });
  expect(readFileSync(part, 'utf8')).toBe('mine');
  expectOnly(dir, [`${NAME}.part`]);
});

describe.each(['.part', '.part.json', '.part.json.tmp', '.part.lock'])('a symlink %s', (ending) => {
  test('is not followed to a file, nor to where none is', async () => {
    const elsewhere = folderOf();
    const victim = join(elsewhere, 'victim');
    writeFileSync(victim, 'mine');
    for (const target of [victim, join(elsewhere, 'missing')]) {
      const { dir, url } = await leftBehind(CONTENT.subarray(0, 30_000), {});
      const link = join(dir, `${NAME}${ending}`);
      rmSync(link, { force: true });
      symlinkSync(target, link);
      const file = await downloadOne({ url }, { dir, checkpointMs: 1 });
      if (file.outcome === 'done') expectBytes(dir, NAME, CONTENT);
      else expect(existsSync(join(dir, NAME))).toBe(false);
      expect(readFileSync(victim, 'utf8')).toBe('mine');
      expectOnly(elsewhere, ['victim']);
    }
  });
});

test.each([false, true])(
  'a symlink under the final name is never written through, nor taken for the file (overwrite: %s)',
  async (overwrite) => {
    const elsewhere = folderOf();
    const victim = join(elsewhere, 'victim');
    const same = join(elsewhere, 'same');
    writeFileSync(victim, 'mine');
    writeFileSync(same, CONTENT);
    for (const target of [victim, same, join(elsewhere, 'missing')]) {
      const dir = folderOf();
      const url = await server.serve(NAME, { sizeBytes: SIZE });
      symlinkSync(target, join(dir, NAME));
      const file = await downloadOne({ url }, { dir, overwrite });
      expect(lstatSync(join(dir, NAME)).isSymbolicLink()).toBe(!overwrite);
      if (overwrite) expectBytes(dir, NAME, CONTENT);
      else expect(file).toMatchObject({ outcome: 'failed', failure: { code: 'EXISTS' } });
      expect(readFileSync(victim, 'utf8')).toBe('mine');
      expectOnly(elsewhere, ['same', 'victim']);
      expectOnly(dir, [NAME]);
    }
  },
);

test.each([false, true])(
  'a folder under the final name is refused before anything is fetched (overwrite: %s)',
  async (overwrite) => {
    const dir = folderOf();
    const url = await server.serve(NAME, { sizeBytes: SIZE });
    mkdirSync(join(dir, NAME));
    const file = await downloadOne({ url }, { dir, overwrite });
    const message = `${NAME}: a folder of that name is there; move it away`;
    expect(file).toMatchObject({ attempts: 0, failure: { code: 'EXISTS', message } });
    expectOnly(dir, [NAME]);
  },
);
