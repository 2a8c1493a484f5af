import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPracticeServer, type PracticeServer } from '../server/index.js';
import { commandTask } from './command-task.js';
import { downloadTask } from './download-task.js';
import { fileTask } from './file-task.js';
import { httpTask } from './http-task.js';
import { matrixTask } from './matrix-task.js';
import { moduleTask } from './module-task.js';
import { openBlockingTask, openTask } from './open-task.js';
import { piTask } from './pi-task.js';
import { openPoolTask } from './pool-task.js';
import { sleepTask } from './sleep-task.js';
import type { TaskResult } from './task.js';
import { describeTask, type TaskSpec } from './task-spec.js';

const MODULE = `
export async function task(index: number): Promise<number> { return index * 2; }
export function taskSync(index: number): number { return index * 2; }
`;

let server: PracticeServer;
let folder: string;
beforeAll(async () => {
  server = await startPracticeServer({ port: 0, latencyMs: 0, fileSize: 2000 });
  folder = await mkdtemp(join(tmpdir(), 'lwasync-'));
  await writeFile(join(folder, 'five.txt'), '12345');
  await writeFile(join(folder, 'double.ts'), MODULE);
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const KINDS: Readonly<Record<TaskSpec['kind'], () => TaskSpec>> = {
  http: () => httpTask(`${server.url}/health`),
  sleep: () => sleepTask(1),
  file: () => fileTask(join(folder, 'five.txt')),
  pi: () => piTask(5),
  matrix: () => matrixTask(4),
  command: () => commandTask([process.execPath, '--version']),
  module: () => moduleTask(join(folder, 'double.ts')),
  download: () => downloadTask(items(), { dir: folder }),
};
const items = (): { url: string }[] =>
  Array.from({ length: 4 }, (_, index) => ({ url: `${server.url}/files/${index + 1}` }));
const VALUES: Readonly<Record<string, unknown>> = { pi: '31415', module: 6 };

describe.each(Object.entries(KINDS))('a task of the kind %s', (kind, spec) => {
  it('brings the same awaited and blocking', async () => {
    const task = await openTask(spec());
    const blocking = await openBlockingTask(spec());
    let awaited: unknown;
    await task.within(async () => {
      awaited = await task.call(3);
    });
    const blocked = blocking.call(3);
    task.close();
    // Two calls never reach their answers at the same moment.
    const told = { connectedMs: undefined, firstByteMs: undefined };
    expect({ ...(awaited as TaskResult), ...told }).toEqual({ ...blocked, ...told });
    if (kind in VALUES) expect(awaited).toMatchObject({ value: VALUES[kind] });
    expect(awaited).toMatchObject({ status: kind === 'http' ? 200 : 0 });
  });

  it('can be done on a pool of threads, each of which has opened it', async () => {
    const task = await openPoolTask(spec(), 2);
    const results = await Promise.all([task.call(0), task.call(1), task.call(2)]);
    expect(results.map(({ status }) => status)).toEqual(
      [0, 0, 0].map((none) => (kind === 'http' ? 200 : none)),
    );
    task.close();
  });

  it('is described as one would type it', () => {
    expect(describeTask(spec())).toMatchObject({ kind, text: expect.stringMatching(/\S/) });
  });
});

it('a file tells how many bytes were read', async () => {
  const task = await openTask(KINDS.file());
  expect(await task.call(0)).toMatchObject({ bytes: 5 });
});

it('a sleep that is given up ends at once', async () => {
  const task = await openTask(sleepTask(3_600_000));
  const asleep = task.call(0);
  task.close();
  await expect(asleep).rejects.toMatchObject({ code: 'ABORTED' });
});

it('a command that does not end is given up when its time is over, awaited and blocking', async () => {
  const spec = commandTask([process.execPath, '-e', 'setInterval(() => {}, 1000)'], 100);
  const task = await openTask(spec);
  const blocking = await openBlockingTask(spec);
  const expected = {
    code: 'TIMEOUT',
    message: expect.stringMatching(/did not end within 100 ms; --timeout allows more$/),
  };
  await expect(task.call(0)).rejects.toMatchObject(expected);
  expect(() => blocking.call(0)).toThrow(expect.objectContaining(expected));
});

describe('a command', () => {
  const failing = commandTask([
    process.execPath,
    '-e',
    "console.error('no disk'); process.exit(7)",
  ]);
  const missing = commandTask(['there-is-no-such-command']);

  it.each([
    ['that fails', failing, 'COMMAND_FAILED', /ended with exit code 7: no disk$/],
    ['that does not exist', missing, 'BAD_TASK', /could not be started: there is no such command$/],
  ])('%s tells how, awaited and blocking', async (_, spec, code, message) => {
    const task = await openTask(spec);
    const blocking = await openBlockingTask(spec);
    const expected = { code, message: expect.stringMatching(message) };
    await expect(task.call(0)).rejects.toMatchObject(expected);
    expect(() => blocking.call(0)).toThrow(expect.objectContaining(expected));
  });
});

it('many sleeps at once warn of nothing, and are given up with a reason when the task is closed', async () => {
  const warnings: Error[] = [];
  const listener = (warning: Error): void => void warnings.push(warning);
  process.on('warning', listener);
  const task = await openTask(sleepTask(3_600_000));
  const asleep = Array.from({ length: 100 }, (_, index) => Promise.resolve(task.call(index)));
  task.close();
  const ends = await Promise.allSettled(asleep);
  process.off('warning', listener);
  expect(warnings).toEqual([]);
  for (const end of ends) expect(end).toMatchObject({ reason: { code: 'ABORTED' } });
});
