import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../../test/support/run-program.js';
import { EventLoop, SystemError } from './index.js';
import { whyRefused } from './loop-options.js';

const root = join(import.meta.dirname, '..', '..');
let folder: string;

// The package as it is after an installation that left the optional dependency out.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lwasync-without-koffi-'));
  await cp(join(root, 'dist'), join(folder, 'dist'), { recursive: true });
  for (const file of ['package.json', 'schemas'])
    await symlink(join(root, file), join(folder, file));
  await mkdir(join(folder, 'node_modules'));
  for (const name of await readdir(join(root, 'node_modules'))) {
    if (name === 'koffi' || name === '@koromix') continue;
    await symlink(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  }
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** Runs the command line of the folder. */
function runCommand(words: readonly string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [join(folder, 'dist', 'cli', 'main.js'), ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}

describe('the event loop', () => {
  it('can run here', () => {
    expect(EventLoop.unavailable()).toBeUndefined();
  });

  it('says what the operating system refused', () => {
    const refuse = (): never => {
      throw new SystemError('epoll_create1', constants.errno.ENOSYS);
    };
    expect(whyRefused(undefined, refuse)).toBe(
      'the event loop cannot run here: the operating system refuses what it needs (epoll_create1: function not implemented (ENOSYS))',
    );
  });

  it('gives back what it tried out, and tries nothing without a C library', () => {
    let open = 0;
    const tryOut = (): { close(): void } => {
      open += 1;
      return { close: () => (open -= 1) };
    };
    expect([whyRefused(undefined, tryOut), open]).toEqual([undefined, 0]);
    const sentence = 'the event loop cannot run here: it needs Linux';
    expect(whyRefused('it needs Linux', expect.unreachable)).toBe(sentence);
  });
});

describe('without koffi', () => {
  it('the event loop is imported all the same, and says in one sentence why it cannot run', async () => {
    const { code, stdout, stderr } = await runProgram(
      `const why = lib.EventLoop.unavailable();
       let thrown;
       try { new lib.EventLoop(); } catch (error) { thrown = error; }
       console.log(JSON.stringify({
         why, name: thrown.name, code: thrown.code, message: thrown.message, again: lib.EventLoop.unavailable() === why,
       }));
       const selector = new lib.ManualSelector();
       const manual = new lib.EventLoop({ selector, now: selector.now });
       console.log(manual.run(function* () { yield* lib.sleep(1000); return 'the manual clock works'; }));`,
      undefined,
      join(folder, 'dist'),
    );
    expect([code, stderr]).toEqual([0, '']);
    const [told = '', manual] = stdout.trimEnd().split('\n');
    expect(JSON.parse(told)).toEqual({
      why: expect.stringMatching(
        /^the event loop cannot run here: it reaches the operating system through the package koffi, which cannot be loaded \(Cannot find module 'koffi'\)$/,
      ),
      name: 'UnavailableError',
      code: 'UNAVAILABLE',
      message: expect.stringMatching(/koffi/),
      again: true,
    });
    expect(manual).toBe('the manual clock works');
  });

  it('the command refuses --on loop in one sentence, with exit code 2', async () => {
    const { code, output } = await runCommand(['async', '-n', '2', '--on', 'loop']);
    expect(output.trimEnd().split('\n').at(-1)).toMatch(/koffi/);
    expect(output).not.toMatch(/^\s+at /m);
    expect(code).toBe(2);
  });

  it('the command makes its calls on Node’s own loop', async () => {
    const { code, output } = await runCommand(['async', '-n', '2', '/say-hi']);
    expect(output).toMatch(/^2 asynchronous calls took/m);
    expect(code).toBe(0);
  });
});
