import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, uptime } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { REAL_DISK, type Disk } from './disk.js';
import { formatJournal, parseJournal, type Journal } from './journal.js';
import { PartFile, partPathsOf, type FileVersion, type PartPaths } from './part-file.js';

const URL_OF_FILE = 'http://example.org/a';
const VERSION: FileVersion = {
  validator: { kind: 'etag', value: '"v1"' },
  sizeBytes: 100,
  checksum: undefined,
};
const always = (): boolean => true;

let folder: string;
let paths: PartPaths;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lwasync-part-'));
  paths = partPathsOf(join(folder, 'a'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function open({
  disk = REAL_DISK,
  durable = true,
}: { disk?: Disk; durable?: boolean } = {}): PartFile {
  return new PartFile(paths, { url: URL_OF_FILE, disk, durable }, always);
}

function write(part: PartFile, text: string): void {
  const bytes = Buffer.from(text);
  part.write(bytes, 0, bytes.length);
}

function journal(): Journal | undefined {
  return existsSync(paths.journal) ? parseJournal(readFileSync(paths.journal, 'utf8')) : undefined;
}

/** A disk that tells when it was asked to make sure of data, and is through when it is told. */
function slowDisk(): { disk: Disk; finish: () => void } {
  let finish = (): void => {};
  const syncData = (): Promise<void> => new Promise((resolve) => (finish = resolve));
  return { disk: { ...REAL_DISK, syncData }, finish: () => finish() };
}

describe('a part file', () => {
  it('says in its journal how many bytes are on the disk, not how many came', async () => {
    const { disk, finish } = slowDisk();
    const part = open({ disk });
    part.setVersion(VERSION);
    write(part, 'first');
    const checkpoint = part.checkpoint();
    write(part, ' and more');
    expect(journal()).toBe(undefined);
    finish();
    await checkpoint;
    expect(journal()).toEqual({ url: URL_OF_FILE, ...VERSION, bytes: 5, durable: true });
  });

  it('that began again while a checkpoint was under way has none of what was before', async () => {
    const { disk, finish } = slowDisk();
    const part = open({ disk });
    part.setVersion(VERSION);
    write(part, 'first');
    const checkpoint = part.checkpoint();
    part.restart();
    part.setVersion({ ...VERSION, validator: { kind: 'etag', value: '"v2"' } });
    write(part, 'se');
    finish();
    await checkpoint;
    expect(journal()).toBe(undefined);
    expect(readFileSync(paths.part, 'utf8')).toBe('se');
  });

  it('goes on after what its journal says, whatever was written behind that', async () => {
    const before = open();
    before.setVersion(VERSION);
    write(before, 'known');
    await before.checkpoint();
    write(before, ' lost');
    // No end: the process was killed.
    const after = open();
    expect(after.length).toBe(5);
    expect(after.version).toMatchObject(VERSION);
    write(after, ' again');
    expect(readFileSync(paths.part, 'utf8')).toBe('known again');
  });

  it('begins anew when its journal is not believed', () => {
    const text = formatJournal({ url: URL_OF_FILE, ...VERSION, bytes: 5, durable: true });
    const believed: [what: string, journal: string, part: string][] = [
      ['says more than is there', text, 'four'],
      ['is half', text.slice(0, 40), 'known and more'],
      ['is of another kind', '{"version":2}', 'known and more'],
    ];
    for (const [, written, bytes] of believed) {
      writeFileSync(paths.journal, written);
      writeFileSync(paths.part, bytes);
      expect(open().length).toBe(0);
      expect(readFileSync(paths.part, 'utf8')).toBe('');
    }
    writeFileSync(paths.journal, text);
    writeFileSync(paths.part, 'known');
    expect(
      new PartFile(paths, { url: URL_OF_FILE, disk: REAL_DISK, durable: true }, () => false).length,
    ).toBe(0);
  });

  it('whose bytes were not made sure of is believed until the machine starts again', () => {
    writeFileSync(
      paths.journal,
      formatJournal({ url: URL_OF_FILE, ...VERSION, bytes: 5, durable: false }),
    );
    writeFileSync(paths.part, 'known');
    expect(open().length).toBe(5);
    const beforeStart = Date.now() / 1000 - uptime() - 10;
    utimesSync(paths.journal, beforeStart, beforeStart);
    expect(open().length).toBe(0);
  });

  it('is not cut to nothing when its journal cannot be read', () => {
    writeFileSync(paths.part, 'known');
    const unreadable = join(paths.part, 'below-a-file');
    const again = (): PartFile =>
      new PartFile(
        { ...paths, journal: unreadable },
        { url: 'http://a/', disk: REAL_DISK, durable: true },
        () => true,
      );
    expect(again).toThrow('ENOTDIR');
    expect(readFileSync(paths.part, 'utf8')).toBe('known');
  });

  it('has its name only in the end, and nothing is left beside it', async () => {
    const part = open();
    part.setVersion(VERSION);
    write(part, 'all');
    await part.checkpoint();
    await part.settle();
    part.finish(join(folder, 'a'));
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('all');
    expect(existsSync(paths.part) || existsSync(paths.journal)).toBe(false);
  });

  it('that is left says all that came; of nothing nothing is left', async () => {
    const part = open();
    part.setVersion(VERSION);
    write(part, 'some');
    await part.leave();
    expect(journal()?.bytes).toBe(4);
    const empty = open();
    empty.restart();
    await empty.leave();
    expect(existsSync(paths.part) || existsSync(paths.journal)).toBe(false);
  });

  it('from which nothing could go on is not left behind', async () => {
    const part = open();
    part.setVersion({ validator: undefined, sizeBytes: 100, checksum: undefined });
    write(part, 'some');
    await part.leave();
    expect(existsSync(paths.part) || existsSync(paths.journal)).toBe(false);
  });

  it('knows its checksum also of bytes that an earlier process wrote', async () => {
    const checksum = {
      algorithm: 'sha256',
      hex: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    } as const;
    const before = open();
    before.setVersion({ ...VERSION, checksum });
    write(before, 'a');
    await before.leave();
    const after = open();
    write(after, 'bc');
    expect(await after.digest(new AbortController().signal)).toBe(checksum.hex);
  });

  it('is not opened through a symbolic link', () => {
    const elsewhere = join(folder, 'elsewhere');
    writeFileSync(elsewhere, 'precious');
    symlinkSync(elsewhere, paths.part);
    expect(() => open()).toThrow('ELOOP');
    expect(readFileSync(elsewhere, 'utf8')).toBe('precious');
  });

  it('replaces its journal without following a symbolic link', async () => {
    const elsewhere = join(folder, 'elsewhere');
    writeFileSync(elsewhere, 'precious');
    symlinkSync(elsewhere, `${paths.journal}.tmp`);
    symlinkSync(elsewhere, paths.journal);
    const part = open();
    part.setVersion(VERSION);
    write(part, 'some');
    await part.checkpoint();
    expect(readFileSync(elsewhere, 'utf8')).toBe('precious');
    expect(statSync(paths.journal).size).toBeGreaterThan(50);
  });
});
