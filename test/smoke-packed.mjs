// Packs the package as it would be published, installs it in an empty folder, and uses it as a newcomer would: the command
// and every import. This is the one test that may reach the package registry.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const IMPORTS = `
import { compare, httpTask, judge } from 'lwasync';
import { makeManyCalls as blocking } from 'lwasync/client-synchronous';
import { makeManyCalls as awaiting } from 'lwasync/client-asynchronous';
import { makeManyCalls as onLoop } from 'lwasync/client-on-loop';
import { EventLoop } from 'lwasync/loop';
import { startPracticeServer } from 'lwasync/server';
import schema from 'lwasync/schemas/compare.schema.json' with { type: 'json' };

const server = await startPracticeServer({ port: 0, latencyMs: 20 });
const url = server.url + '/say-hi';
// Where the event loop cannot run it says so, and the rest works.
const third = EventLoop.unavailable() === undefined ? onLoop : awaiting;
const answers = [...blocking(2, url), ...(await awaiting(2, url)), ...(await third(2, url))];
const task = httpTask(url);
const run = await compare({ task, modes: ['sync', 'async'], number: 4, rounds: 3 });
await server.close();
console.log(JSON.stringify({ messages: answers.map((answer) => answer.message), fastest: judge(run).fastest, schema: schema.title }));
`;

const PROGRAM = `
import { EventLoop, sleep, type Coroutine } from 'lwasync/loop';

export function* main(): Coroutine<void> {
  yield* sleep(10);
  console.log('slept', EventLoop.unavailable() === undefined);
}
`;

const folder = mkdtempSync(join(tmpdir(), 'lwasync-packed-'));
try {
  run('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], process.cwd());
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  writeFileSync(join(folder, 'package.json'), '{"name":"empty","private":true,"type":"module"}');
  run('npm', ['install', '--silent', '--no-audit', '--no-fund', join(folder, tarball)], folder);
  writeFileSync(join(folder, 'use.mjs'), IMPORTS);

  expect('npx lwasync --version', run('npx', ['lwasync', '--version'], folder), /^\d+\.\d+\.\d+$/);
  const compared = run('npx', ['lwasync', 'compare', '-n', '2', '-r', '1', '-w', '0'], folder);
  expect('npx lwasync compare', compared, /async ran \d/);
  writeFileSync(join(folder, 'program.ts'), PROGRAM);
  if (process.platform === 'linux') {
    expect(
      'npx lwasync loop',
      run('npx', ['lwasync', 'loop', 'program.ts'], folder),
      /^slept true$/,
    );
  }
  const used = run(process.execPath, ['--no-warnings', 'use.mjs'], folder);
  expect(
    'its imports',
    used,
    /^\{"messages":\["Hello World"(,"Hello World"){5}\],"fastest":"async"/,
  );

  run('npx', ['lwasync', 'learn', 'start', 'course'], folder);
  const exercise = join('03-all-at-once', 'exercise.ts');
  const solution = join('node_modules', 'lwasync', 'exercises', '03-all-at-once', 'solution.ts');
  copyFileSync(join(folder, solution), join(folder, 'course', exercise));
  const checked = run('npx', ['lwasync', 'learn', 'check', '3'], join(folder, 'course'));
  expect('npx lwasync learn check', checked, /3 All at once: passed/);
  console.log('The packed package works in an empty folder: command, imports and exercises.');
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function run(command, words, cwd) {
  return execFileSync(command, words, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    shell: process.platform === 'win32',
  }).trim();
}

function expect(what, printed, pattern) {
  if (pattern.test(printed)) return;
  throw new Error(`${what} printed something else than expected:\n${printed}`);
}
