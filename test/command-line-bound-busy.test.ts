import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { expectSchema } from './support/expect-schema.js';
import { runCli } from './support/run-cli.js';

// On a busy machine a tenth of a second of CPU time can take many seconds.
vi.setConfig({ testTimeout: 120_000 });

const HOGS = 2;
const canPin =
  process.platform === 'linux' && spawnSync('taskset', ['--version']).error === undefined;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lwasync-busy-test-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** The words before a command that is to have a core to which busy loops were given, too, until the test is over. */
function onBusyCore(): string[] {
  const [, core = '0'] =
    /^Cpus_allowed_list:\s*(\d+)/m.exec(readFileSync('/proc/self/status', 'latin1')) ?? [];
  const pin = ['taskset', '-c', core];
  for (let index = 0; index < HOGS; index += 1) {
    const hog = spawn('taskset', ['-c', core, 'sh', '-c', 'while :; do :; done']);
    onTestFinished(() => void hog.kill('SIGKILL'));
  }
  return pin;
}

interface BusyDocument {
  readonly cpuShare: number;
  readonly blockedShare: number | null;
  readonly seconds: { readonly wall: number; readonly withoutCore: number };
  readonly warnings: readonly string[];
}

async function bound(command: readonly string[]): Promise<BusyDocument> {
  const { stdout } = await runCli(['bound', '--json', '--', ...command]);
  const document = JSON.parse(stdout) as BusyDocument;
  await expectSchema('bound.schema.json', document);
  return document;
}

function expectShortOfCores({ seconds, warnings }: BusyDocument): void {
  // Fairly shared, it would be two thirds with two others.
  expect(seconds.withoutCore).toBeGreaterThan(seconds.wall / 4);
  expect(warnings.join()).toContain('it could have computed and had no core');
}

describe.runIf(canPin)('lwasync bound of a program that shares its core with busy ones', () => {
  it('says that one which computes is CPU bound, in its child processes, too', async () => {
    const loop = 'i=0; while [ $i -lt 400000 ]; do i=$((i+1)); done';
    const document = await bound([...onBusyCore(), 'sh', '-c', `(${loop}); true`]);
    expect(document).toMatchObject({ verdict: 'cpu' });
    expectShortOfCores(document);
  });

  it('says that a Node program which computes was not blocked', async () => {
    const file = join(folder, 'parses.cjs');
    const source = `const text = '[' + '1,'.repeat(2_000_000) + '1]';
for (let i = 0; i < 8; i += 1) JSON.parse(text);`;
    await writeFile(file, source);
    const document = await bound([...onBusyCore(), process.execPath, file]);
    expect(document).toMatchObject({ verdict: 'cpu' });
    expect(document.blockedShare).toBeLessThan(0.3);
    expectShortOfCores(document);
  });

  it('says that one which sleeps is I/O bound all the same', async () => {
    const document = await bound([...onBusyCore(), 'sleep', '0.5']);
    expect(document).toMatchObject({ verdict: 'io' });
  });
});
