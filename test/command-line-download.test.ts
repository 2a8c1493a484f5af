import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startPracticeServer, type PracticeServer } from '../src/server/index.js';
import { expectSchema } from './support/expect-schema.js';
import { expectWellFormed } from './support/expect-well-formed.js';
import { runCli, type Finished } from './support/run-cli.js';

const SIZE = 10_000;
let server: PracticeServer;
/** The bytes of the files 1 and 2, and their SHA-256. */
const bytes: Buffer[] = [];
const hex: string[] = [];
let folder: string;

beforeAll(async () => {
  server = await startPracticeServer({ port: 0, latencyMs: 0, files: 9, fileSize: SIZE });
  for (const number of [1, 2]) {
    const answer = await fetch(url(number));
    const content = Buffer.from(await answer.arrayBuffer());
    bytes.push(content);
    hex.push(createHash('sha256').update(content).digest('hex'));
  }
});
afterAll(() => server.close(0));
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lwasync-dl-'));
});
afterEach(() => rm(folder, { recursive: true }));

const url = (number: number): string => `${server.url}/files/${number}`;
const inFolder = (name: string): string => join(folder, name);
const names = async (): Promise<string[]> => (await readdir(folder)).toSorted();
const content = (name: string): Promise<Buffer> => readFile(inFolder(name));
const download = (words: readonly string[], stdin?: string): Promise<Finished> =>
  runCli(['download', ...words, '--dir', folder], stdin === undefined ? {} : { stdin });
async function list(text: string, name = '.list'): Promise<string> {
  await writeFile(inFolder(name), text);
  return inFolder(name);
}

describe('what is downloaded', () => {
  it('is each URL that is named, into the folder, which is made', async () => {
    const words = ['download', url(1), url(2), '--dir', inFolder('new/er')];
    const { code, stdout, stderr } = await runCli(words);
    expect(await content('new/er/1')).toEqual(bytes[0]);
    expect(await content('new/er/2')).toEqual(bytes[1]);
    expect(await readdir(inFolder('new/er'))).toHaveLength(2);
    expect(stdout).toMatch(/^2 of 2 files, 20 kB in /);
    expect(stdout).toContain('Checked: 2 by the checksum of the server.');
    expect(stderr).toBe(`lwasync: downloading 2 files to ${inFolder('new/er')}\n`);
    expect(code).toBe(0);
  });

  it('is each line of a list, with its name and checksum', async () => {
    const file = await list(`# two\n${url(1)}\n${url(2)}  "b 2.bin"  sha256=${hex[1]}\n`);
    const { code, stdout } = await download(['-i', file]);
    expect(await names()).toEqual(['.list', '1', 'b 2.bin']);
    expect(await content('b 2.bin')).toEqual(bytes[1]);
    expect(stdout).toContain('1 by the checksum of the list, 1 by that of the server');
    expect(code).toBe(0);
  });

  it('can be told on standard input, beside lists and URLs', async () => {
    const file = await list(url(2));
    const { code } = await download([url(3), '-i', file, '-i', '-'], `${url(1)} one\n`);
    expect(await names()).toEqual(['.list', '2', '3', 'one']);
    expect(await content('one')).toEqual(bytes[0]);
    expect(code).toBe(0);
  });

  it('is with --base-url each line of a SHA256SUMS file', async () => {
    const file = await list(`${hex[0]}  1\n${hex[1]} *2\n`, 'SHA256SUMS');
    const { code, stdout } = await download(['-i', file, '--base-url', `${server.url}/files/`]);
    expect(await names()).toEqual(['1', '2', 'SHA256SUMS']);
    expect(stdout).toContain('Checked: 2 by the checksum of the list.');
    expect(code).toBe(0);
  });

  it('has for one URL a name and a checksum of its own', async () => {
    const words = [url(1), '--name', 'one.bin', '--checksum', `sha256=${hex[0]}`];
    const { code, stdout } = await download(words);
    expect(await content('one.bin')).toEqual(bytes[0]);
    expect(stdout).toContain('by the checksum of the list');
    expect(code).toBe(0);
  });

  it('is told which files a list of checksums says nothing about', async () => {
    const file = await list(`${hex[0]}  1\n${url(1)}\n${url(2)}\n`);
    const { code, stderr } = await download(['-i', file]);
    expect(stderr).toContain('lwasync: no line of the list of checksums is for 2\n');
    expect(code).toBe(0);
  });
});

describe('a file that is not right', () => {
  it('has no name in the folder, and the others are there: exit code 3', async () => {
    const file = await list(`${url(1)} sha256=${hex[1]}\n${url(2)}\n${server.url}/files/99\n`);
    const { code, stdout, stderr } = await download(['-i', file, '--retries', '0']);
    expect(await names()).toEqual(['.list', '2']);
    expect(stderr).toMatch(/^lwasync: 1: .*checksum/m);
    expect(stderr).toMatch(/^lwasync: 99: the server answered 404/m);
    expect(stdout).toMatch(/^1 of 3 files/);
    expect(code).toBe(3);
  });

  it('stays as it is where it was there before, unless --overwrite is given', async () => {
    await writeFile(inFolder('1'), 'mine');
    await writeFile(inFolder('2'), bytes[1] ?? '');
    const kept = await download([url(1), url(2)]);
    expect(await content('1')).toEqual(Buffer.from('mine'));
    expect(kept.stderr).toMatch(/^lwasync: 1: .*--overwrite/m);
    expect(kept.stdout).toContain('1 of 2 files, 1 of them before');
    expect(kept.code).toBe(3);
    const replaced = await download([url(1), url(2), '--overwrite']);
    expect(await content('1')).toEqual(bytes[0]);
    expect(replaced.code).toBe(0);
    expect(await names()).toEqual(['1', '2']);
  });
});

describe('what is printed', () => {
  it('is with --json a line for each event, the last with everything', async () => {
    const { code, stdout, stderr } = await download([url(1), url(99), '--json']);
    const lines = stdout.trimEnd().split('\n');
    const events = lines.map((line) => JSON.parse(line) as { event: string; download?: unknown });
    for (const event of events) await expectSchema('download.schema.json', event, '#/$defs/event');
    const kinds = events.map(({ event }) => event);
    expect(kinds.filter((kind) => kind !== 'progress').toSorted()).toEqual(
      ['begun', 'finished', 'finished', 'ended'].toSorted(),
    );
    expect(kinds.at(-1)).toBe('ended');
    await expectSchema('download.schema.json', events.at(-1)?.download);
    expect(stderr).toContain('lwasync: Run the same command again to try the one that failed');
    expect(code).toBe(3);
  });

  it('can be written to files of each kind as well', async () => {
    const reports = ['run.html', 'run.json', 'run.md', 'run.svg'];
    const words = reports.flatMap((name) => ['-o', inFolder(name)]);
    const { code, stderr } = await download([url(1), ...words]);
    for (const name of reports) expect(stderr).toContain(`wrote ${inFolder(name)}`);
    expect(await names()).toEqual(['1', ...reports]);
    await expectSchema('download.schema.json', JSON.parse(String(await content('run.json'))));
    expectWellFormed(String(await content('run.svg')));
    expect(code).toBe(0);
  });
});

describe('the practice files', () => {
  it('come without a URL, all together, and are removed again', async () => {
    const env = { TMPDIR: folder };
    const { code, stdout, stderr } = await runCli(['download'], { env });
    expect(stdout).toMatch(/^20 of 20 files, 20 MB in /);
    expect(stdout).toContain('Checked: 20 by the checksum of the server.');
    expect(stdout).toContain('file-01.bin');
    expect(stderr).toContain('started a practice server with 20 files');
    expect(stderr).toContain('the practice files are removed again; --dir folder keeps them');
    expect(await names()).toEqual([]);
    expect(code).toBe(0);
  });

  it('are kept where --dir says so', async () => {
    const { code, stderr } = await download(['--json']);
    expect(await names()).toHaveLength(20);
    expect(await names()).toContain('file-20.bin');
    expect(stderr).not.toContain('removed');
    expect(code).toBe(0);
  });
});

describe('a wrong word', () => {
  const hex64 = '0'.repeat(64);
  it.each<[words: (string | (() => string))[], part: string]>([
    [['-i', '/no/such/list.txt'], "--input: the list '/no/such/list.txt' cannot be read (ENOENT"],
    [['-i', '/'], "--input: the list '/' cannot be read (EISDIR"],
    [['-i', '-', '-i', '-'], 'standard input can be read once'],
    [
      ['-i', '-'],
      "standard input, line 2: expected an address (https://...) or a line of a SHA256SUMS file, got 'no-url'",
    ],
    [['no-url'], "'no-url'"],
    [['ftp://127.0.0.1/a'], 'ftp:// is not supported'],
    [
      [() => url(1), () => `${url(2)}?x`, () => `${url(1)}?again`],
      "two files would have the name '1'",
    ],
    [
      [() => url(1), '--checksum', hex64],
      '--checksum: a checksum needs the word of its kind: write sha256=00000000...',
    ],
    [
      [() => url(1), '--checksum', 'sha256=12'],
      '--checksum: expected 64 hexadecimal digits after sha256=, got 2 digits',
    ],
    [[() => url(1), () => url(2), '--name', 'a'], '--name is about one URL, got 2;'],
    [
      [() => url(1), '-i', '-', '--checksum', `sha256=${hex64}`],
      '--checksum is about one URL, got 1 and a list',
    ],
    [[() => url(1), '--name', '../a'], 'expected one file name without folders'],
    [[() => url(1), '--base-url', 'http://127.0.0.1/'], '--base-url is for lists of checksums'],
    [['--name', 'a'], '--name is about one URL, got 0'],
    [['-H', 'a: b'], '--header is for your own files'],
    [[() => url(1), '-c', '0'], '--concurrency: expected a whole number'],
    [[() => url(1), '--limit-rate', 'fast'], '--limit-rate: expected a rate in bytes per second'],
    [[() => url(1), '--stall', '0'], '--stall: expected at least 1ms'],
    [[() => url(1), '--max-size', 'big'], '--max-size: expected a size'],
    [[() => url(1), '--ca', '/no/such.pem'], "--ca '/no/such.pem': the file cannot be read"],
    [[() => url(1), '-o', 'x.txt'], 'ends in .json, .html, .svg, .md'],
    [
      [() => url(1), '--name', 'a.json', '-o', () => inFolder('a.json')],
      "--output: 'a.json' is one of the files to download",
    ],
  ])('%j gets one sentence and exit code 2, and nothing is written', async (words, part) => {
    const typed = words.map((word) => (typeof word === 'string' ? word : word()));
    const { code, stdout, stderr } = await download(typed, `${url(1)}\nno-url\n`);
    expect(stderr).toContain(part);
    expect(stderr).toMatch(/^lwasync: [^\n]*\n$/);
    expect(stdout).toBe('');
    expect(await names()).toEqual([]);
    expect(code).toBe(2);
  });

  it('for a folder is told before anything is downloaded', async () => {
    await writeFile(inFolder('file'), '');
    const { code, stdout, stderr } = await runCli(['download', url(1), '--dir', inFolder('file')]);
    expect(stderr).toMatch(
      /^lwasync: no files can be written to the folder '[^\n]*--dir names another one\n$/,
    );
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});
