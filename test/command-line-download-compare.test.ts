import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startPracticeServer, type PracticeServer } from '../src/server/index.js';
import { expectSchema } from './support/expect-schema.js';
import { runCli, startCli } from './support/run-cli.js';

const SIZE = 20_000;

let server: PracticeServer;
let slow: PracticeServer;
let folder: string;
beforeAll(async () => {
  server = await startPracticeServer({ port: 0, latencyMs: 50, fileSize: SIZE });
  slow = await startPracticeServer({ port: 0, latencyMs: 0, fileSize: SIZE, bandwidth: 10_000 });
});
afterAll(async () => {
  await server.close();
  await slow.close(0);
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lwasync-dl-'));
});
afterEach(() => rm(folder, { recursive: true }));

function words(number: number, ...more: string[]): string[] {
  const urls = Array.from({ length: number }, (_, index) => `${server.url}/files/${index + 1}`);
  return ['download', ...urls, '--dir', folder, '--compare', ...more];
}

describe('lwasync download --compare', () => {
  it('says by how many times together is faster, that a faster CPU would not help, and keeps the files', async () => {
    const reports = ['a.html', 'a.json', 'a.md', 'a.svg', 'a.trace.json'].map((name) =>
      join(folder, name),
    );
    const { stdout, stderr, code } = await runCli(
      words(10, '--rounds', '3', ...reports.flatMap((path) => ['-o', path])),
    );
    expect(stdout).toContain('10 files (200 kB) a round');
    expect(stdout).toMatch(/^mode .* files\/s /m);
    expect(stdout).toMatch(/^async ran .* times faster than sync .*; the ideal is 10\.0x/m);
    expect(stdout).toMatch(
      /CPU time: sync .* of .*, async .* of .*; a faster CPU would not help\./,
    );
    expect(stdout).not.toMatch(/calls (a round|failed)|Twice as many/);
    expect(stderr).toContain(`lwasync: 10 files in ${folder}`);
    expect(code).toBe(0);
    const title = `download 10 files from ${new URL(server.url).host}`;
    expect(readFileSync(join(folder, 'a.html'), 'utf8')).toContain(title);
    await expectSchema(
      'compare.schema.json',
      JSON.parse(readFileSync(join(folder, 'a.json'), 'utf8')),
    );
    for (const path of reports) await rm(path);
    expect((await readdir(folder)).toSorted()).toEqual(
      Array.from({ length: 10 }, (_, index) => String(index + 1)).toSorted(),
    );
  });

  it('prints one document with --json, as any comparison', async () => {
    const { stdout, code } = await runCli(words(5, '-r', '1', '-c', '2', '--json'));
    const document: unknown = JSON.parse(stdout);
    await expectSchema('compare.schema.json', document);
    expect(document).toMatchObject({
      tasks: [{ kind: 'download' }],
      number: 5,
      concurrency: 2,
      rounds: 1,
      modes: [
        { mode: 'sync', concurrency: 1, calls: { ok: 5, failed: 0 } },
        { mode: 'async', concurrency: 2, calls: { ok: 5, failed: 0 } },
      ],
      verdict: { doubling: null },
      interrupted: false,
    });
    expect(code).toBe(0);
  });

  it('leaves files that are there as they are', async () => {
    await writeFile(join(folder, '1'), 'mine');
    const { stderr, code } = await runCli(words(2, '-r', '1'));
    expect(stderr).toContain(`lwasync: 1 file in ${folder}`);
    expect(stderr).toContain('1 file there before and as before');
    expect(readFileSync(join(folder, '1'), 'utf8')).toBe('mine');
    expect(code).toBe(0);
  });

  it('says which files failed, and keeps the others', async () => {
    const { stdout, stderr, code } = await runCli([
      ...words(2, '-r', '1'),
      `${server.url}/files/999`,
    ]);
    expect(stdout).toContain('no verdict, because');
    expect(stderr).toMatch(/1 of 3 sync files failed, HTTP_STATUS: 999: .*404/);
    expect(code).toBe(3);
    expect((await readdir(folder)).toSorted()).toEqual(['1', '2']);
  });

  it('ends with 5 when a file does not fit on the disk, and leaves nothing', async () => {
    const huge = createServer((_request, response) => {
      response.writeHead(200, { 'content-length': 2 ** 52, etag: '"1"' });
      response.write('x');
    });
    await once(huge.listen(0, '127.0.0.1'), 'listening');
    const { port } = huge.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/huge`;
    const { stderr, code } = await runCli([
      'download',
      url,
      '--dir',
      folder,
      '--compare',
      '-r',
      '1',
    ]);
    expect(stderr).toMatch(/1 of 1 async files failed, DISK_FULL: .* free/);
    expect(code).toBe(5);
    expect(await readdir(folder)).toEqual([]);
    huge.closeAllConnections();
    huge.close();
  });

  it.each([1, 2])(
    'is ended by Ctrl-C %d times, and leaves nothing but whole files',
    async (times) => {
      const running = startCli([...words(1), `${slow.url}/files/2`]);
      // The first way is the asynchronous one, where the file of the quick server is whole soon.
      await until(() => completeIn(folder).includes('1'));
      for (let count = 0; count < times; count += 1) running.kill('SIGINT');
      const { stdout, code } = await running.finished;
      expect(code).toBe(130);
      if (times === 1) {
        expect(stdout).toContain('Stopped before the end');
        expect(await readdir(folder)).toEqual(['1']);
      }
      expect(readdirSync(folder).filter((name) => name !== '1')).toEqual([]);
    },
  );

  it.each([
    [['download', '--rounds', '2'], '--rounds is about --compare'],
    [['download', '--compare', '--rounds', '0'], '--rounds'],
    [['download', '--compare', 'http://a.example/b', '-o', 'b'], '--output'],
  ])('%j is told in a sentence', async (wrong, part) => {
    const { stderr, code } = await runCli(wrong);
    expect(stderr).toContain(part);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(code).toBe(2);
  });

  it('says that a folder takes no files before it begins', async () => {
    const file = join(folder, 'no-folder');
    await writeFile(file, '');
    const { stderr, code } = await runCli([
      'download',
      `${server.url}/files/1`,
      '--compare',
      '--dir',
      file,
    ]);
    expect(stderr).toMatch(/no files can be written to the folder/);
    expect(code).toBe(2);
  });
});

// The copies that are whole so far.
function completeIn(path: string): string[] {
  const scratch = readdirSync(path).find((name) => name.startsWith('.lwasync-compare-'));
  const complete = scratch === undefined ? undefined : join(path, scratch, 'complete');
  return complete !== undefined && existsSync(complete) ? readdirSync(complete) : [];
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}
