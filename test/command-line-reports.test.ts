import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from 'vitest';
import { expectSchema } from './support/expect-schema.js';
import { expectWellFormed } from './support/expect-well-formed.js';
import { startFaultServer, type FaultServer } from './support/fault-server.js';
import { runCli } from './support/run-cli.js';

let server: FaultServer;
let folder: string;
beforeAll(async () => {
  server = await startFaultServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lwasync-reports-'));
});
afterEach(() => rm(folder, { recursive: true }));

const inFolder = (name: string): string => join(folder, name);

describe('-o', () => {
  it('may be given again, and writes each file by its ending', async () => {
    const names = ['run.html', 'run.json', 'run.svg', 'run.trace.json'];
    const outputs = names.flatMap((name) => ['-o', inFolder(name)]);
    const words = ['compare', `${server.url}/ok`, '-n', '3', '-r', '1'];
    const { code, stderr } = await runCli([...words, ...outputs]);
    expect(code).toBe(0);
    for (const name of names) expect(stderr).toContain(`wrote ${inFolder(name)}`);
    expect((await readdir(folder)).toSorted()).toEqual(names);
    const html = await readFile(inFolder('run.html'), 'utf8');
    expect(html).toMatch(/^<!doctype html>\n[\s\S]+<\/html>\n$/);
    // Every call on Node's event loop tells where its time went.
    expect(html).toContain('>receive<');
    expectWellFormed(await readFile(inFolder('run.svg'), 'utf8'));
    const trace = JSON.parse(await readFile(inFolder('run.trace.json'), 'utf8')) as {
      traceEvents: { ph: string }[];
    };
    const count = (letter: string): number =>
      trace.traceEvents.filter(({ ph }) => ph === letter).length;
    expect(count('b')).toBe(count('e'));
    expect(count('M')).toBe(6);
  });

  it.each(['sync', 'async'])('works for lwasync %s too', async (mode) => {
    const words = [mode, `${server.url}/ok`, '-n', '2', '-o', inFolder('run.html')];
    expect((await runCli(words)).code).toBe(0);
    expect(await readFile(inFolder('run.html'), 'utf8')).toContain('2 calls a round');
  });

  it('refuses a file that is named twice, before anything is measured', async () => {
    const file = inFolder('run.html');
    const { code, stderr } = await runCli(['compare', '-o', file, '-o', file]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^lwasync: --output: expected each file once, got '[^\n]+\n$/);
  });
});

describe('lwasync diff', () => {
  const saved = async (name: string, asyncSeconds: readonly number[]): Promise<string> => {
    const mode = { name: 'async', seconds: asyncSeconds, latency: null };
    const document = {
      schema: 'lwasync.compare/1',
      version: '1.0.0',
      environment: { node: '20.19.0', os: 'Linux', cpus: 2, cpuModel: 'a CPU' },
      tasks: [{ kind: 'http', text: 'GET http://h/' }],
      number: 10,
      concurrency: null,
      modes: [{ ...mode, calls: { ok: 10 * asyncSeconds.length, failed: 0 } }],
      verdict: null,
    };
    await writeFile(inFolder(name), JSON.stringify(document));
    return inFolder(name);
  };

  it('says what got slower, and by how much', async () => {
    const [before, after] = [
      await saved('a.json', [1, 1.01, 0.99]),
      await saved('b.json', [1.1, 1.111, 1.089]),
    ];
    const { code, stdout, stderr } = await runCli(['diff', before, after]);
    expect(stdout).toMatch(/^async is slower: 1\.100 times the time \(95 %: /);
    expect([code, stderr]).toEqual([0, '']);
  });

  it('reads what compare wrote, and prints one document with --json', async () => {
    const words = ['compare', `${server.url}/ok`, '-n', '3', '-r', '3', '-o', inFolder('a.json')];
    await runCli(words);
    const { code, stdout } = await runCli([
      'diff',
      inFolder('a.json'),
      inFolder('a.json'),
      '--json',
    ]);
    expect(code).toBe(0);
    const document: unknown = JSON.parse(stdout);
    await expectSchema('diff.schema.json', document);
    expect(document).toMatchObject({ circumstances: [], parts: [{ slowdown: 1 }, {}, {}] });
  });

  it('--max-slowdown ends in 0 when it holds, in 1 when not, in 4 when that cannot be told', async () => {
    const before = await saved('a.json', [1, 1.01, 0.99]);
    const after = await saved('b.json', [1.1, 1.111, 1.089]);
    const few = await saved('c.json', [1.1]);
    const codeOf = async (file: string, most: string) =>
      (await runCli(['diff', before, file, '--max-slowdown', most])).code;
    expect(await codeOf(after, '20%')).toBe(0);
    expect(await codeOf(after, '5%')).toBe(1);
    expect(await codeOf(after, '10%')).toBe(4);
    expect(await codeOf(few, '5%')).toBe(4);
  });

  it('refuses what it cannot compare in one sentence', async () => {
    const good = await saved('a.json', [1, 1, 1]);
    await writeFile(inFolder('bad.json'), 'not\njson');
    await writeFile(inFolder('other.json'), '{"schema":"lwasync.calls/1"}');
    await writeFile(inFolder('number.json'), '7');
    const refusals: [string, string][] = [
      [inFolder('none.json'), 'cannot be read (ENOENT'],
      [folder, 'cannot be read (EISDIR'],
      [inFolder('bad.json'), 'expected a JSON document'],
      [inFolder('other.json'), 'expected a document with the schema'],
      [inFolder('number.json'), 'expected a document of lwasync'],
    ];
    for (const [file, sentence] of refusals) {
      const { code, stdout, stderr } = await runCli(['diff', good, file]);
      expect(stderr).toContain(sentence);
      expect(stderr).toMatch(/^lwasync: [^\n]+\n$/);
      expect([code, stdout]).toEqual([2, '']);
    }
  });
});
