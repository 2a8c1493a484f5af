import { spawn as spawnByNode } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, describe, expect, it } from 'vitest';
import {
  childrenOfThisProcess,
  expectCleanHosting,
  expectCleanRun,
} from '../../../test/support/process-loop.js';
import { runProcess, spawn, type Coroutine, type ExitStatus } from '../index.js';

const QUIET = { stdin: 'ignore', stdout: 'ignore', stderr: 'ignore' } as const;
const folder = mkdtempSync(join(tmpdir(), 'lwasync-spawn-'));
afterAll(() => rmSync(folder, { recursive: true }));

function* output(command: string, args: string[], options: object = {}): Coroutine<string> {
  const { stdout } = yield* runProcess(command, args, options);
  return stdout.toString();
}

function inNode(code: string): [string, string[]] {
  return [process.execPath, ['-e', code]];
}

function program(path: string, says: string): string {
  const file = join(folder, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, `#!/bin/sh\necho ${says}\n`);
  chmodSync(file, 0o755);
  return file;
}

describe('a process that is spawned', () => {
  it('tells the code it exits with', () => {
    const statuses = expectCleanRun(function* () {
      const one = spawn(...inNode('process.exit(42)'), QUIET);
      const two = spawn('true', [], QUIET);
      return [yield* one.wait(), yield* two.wait(), one.status, yield* two.wait()];
    });
    const success = { kind: 'exited', code: 0 };
    const failure = { kind: 'exited', code: 42 };
    expect(statuses).toEqual([failure, success, failure, success]);
  });

  it('tells the signal that ended it', () => {
    const statuses = expectCleanRun(function* () {
      const own = spawn(...inNode('process.kill(process.pid, "SIGKILL")'), QUIET);
      const sleeper = spawn('sleep', ['1000'], QUIET);
      expect(sleeper.kill('SIGHUP')).toBe(true);
      return [yield* sleeper.wait(), yield* own.wait()];
    });
    expect(statuses).toEqual([
      { kind: 'signalled', signal: 'SIGHUP' },
      { kind: 'signalled', signal: 'SIGKILL' },
    ]);
  });

  it('cannot be signalled after its end, and an unknown signal is refused', () => {
    expectCleanRun(function* () {
      const child = spawn('true', [], QUIET);
      expect(() => child.kill('SIGNONE' as 'SIGTERM')).toThrow(
        'expected the name of a signal, such as SIGTERM, got "SIGNONE"',
      );
      yield* child.wait();
      expect(child.kill()).toBe(false);
    });
  });

  it('gets its words as they are, with no shell in between', () => {
    const words = ['$HOME', '*', 'a b', "'", '', 'ü', '; echo no'];
    const said = expectCleanRun(() => output('printf', ['%s\\n', ...words]));
    expect(said.split('\n')).toEqual([...words, '']);
  });

  it('gets our environment, or the one it is given and nothing else', () => {
    process.env['LWASYNC_SPAWN_TEST'] = 'ours';
    const [inherited, given] = expectCleanRun(function* () {
      const all = yield* output('env', []);
      return [all, yield* output('env', [], { env: { A: '1', B: undefined, C: 'x=y' } })];
    });
    delete process.env['LWASYNC_SPAWN_TEST'];
    expect(inherited).toContain('LWASYNC_SPAWN_TEST=ours\n');
    expect(given).toBe('A=1\nC=x=y\n');
  });

  it('runs in the directory it is given, from where a relative path is looked up', () => {
    program('here/tool', 'found');
    const cwd = join(folder, 'here');
    const said = expectCleanRun(function* () {
      return [yield* output('pwd', [], { cwd }), yield* output('./tool', [], { cwd })];
    });
    expect(said).toEqual([`${cwd}\n`, 'found\n']);
  });

  it('is looked for in the PATH of its own environment, past what cannot be run', () => {
    program('first/other', 'other');
    program('second/tool', 'second');
    program('third/tool', 'third');
    mkdirSync(join(folder, 'first/tool'));
    const PATH = ['nowhere', 'first', 'second', 'third']
      .map((name) => join(folder, name))
      .join(':');
    expect(expectCleanRun(() => output('tool', [], { env: { PATH } }))).toBe('second\n');
  });

  it('has our own standard streams where they are inherited', () => {
    const code = `const { EventLoop, spawn } = await import(${JSON.stringify(distUrl())});
      const loop = new EventLoop();
      const streams = { stdin: 'inherit', stdout: 'inherit', stderr: 'inherit' };
      loop.run(function* () { yield* spawn('sh', ['-c', 'cat; echo err >&2'], streams).wait(); });`;
    const result = expectCleanRun(function* () {
      const words = ['--input-type=module', '-e', code];
      return yield* runProcess(process.execPath, words, { input: 'through' });
    });
    expect([String(result.stdout), String(result.stderr)]).toEqual(['through', 'err\n']);
  });

  it('has the default signals, though Node ignores SIGPIPE', () => {
    const status = expectCleanRun(() => output('grep', ['Sig', '/proc/self/status']));
    const ignored = BigInt(`0x${/SigIgn:\s*(\w+)/.exec(status)?.[1]}`) & 0x7fff_ffffn;
    const blocked = BigInt(`0x${/SigBlk:\s*(\w+)/.exec(status)?.[1]}`);
    expect([ignored, blocked]).toEqual([0n, 0n]);
  });

  it('stays in our process group, or leads one of its own', () => {
    const [ours, own] = expectCleanRun(function* () {
      const code = ['-c', 'cut -d" " -f5 /proc/$$/stat; echo $$'];
      const first = yield* output('sh', code);
      return [first, yield* output('sh', code, { ownGroup: true })].map((said) => said.split('\n'));
    });
    const group = readFileSync('/proc/self/stat', 'utf8').split(' ')[4];
    expect(ours?.[0]).toBe(group);
    expect(own?.[0]).toBe(own?.[1]);
  });

  it('has no descriptor of ours but the standard three', () => {
    // What this process was itself started with, and is marked to be kept, is not ours.
    const inherited = openDescriptors().filter(isKept);
    const seen = expectCleanRun(function* () {
      const other = spawn('cat', []);
      const said = yield* output('ls', ['/proc/self/fd']);
      yield* other.stdin.end();
      yield* other.stdout.readAll();
      yield* other.wait();
      return said.trim().split('\n');
    });
    // ls has a fourth, for the directory.
    const expected = new Set(['0', '1', '2', ...inherited]);
    expect(seen.filter((fd) => !expected.has(fd)).length).toBe(1);
  });

  it('has standard streams that block', () => {
    const script = 'for fd in 0 1 2; do grep flags /proc/$$/fdinfo/$fd; done';
    const said = expectCleanRun(() => output('sh', ['-c', script], { input: '' }));
    const flags = [...said.matchAll(/flags:\s*(\d+)/g)].map(([, octal = '']) =>
      Number.parseInt(octal, 8),
    );
    expect(flags.map((flag) => flag & 0o4000)).toEqual([0, 0, 0]);
  });

  it('ends for us when it ends, though a grandchild has its streams', () => {
    expectCleanRun(function* () {
      const child = spawn('sh', ['-c', 'sleep 1000 & echo $!']);
      const pid = Number(yield* child.stdout.readUntil('\n'));
      expect(yield* child.wait()).toEqual({ kind: 'exited', code: 0 });
      expect(process.kill(pid, 'SIGKILL')).toBe(true);
      expect(yield* child.stdout.read()).toBeUndefined();
    });
  });

  it('is reaped though nobody waits for it', () => {
    expectCleanRun(function* () {
      const child = spawn('cat', ['/dev/null'], { stdin: 'ignore' });
      const last = spawn('cat');
      yield* child.stdout.readAll();
      while (child.status === undefined) {
        yield* last.stdin.write('x');
        yield* last.stdout.readExactly(1);
      }
      yield* last.stdin.end();
      yield* last.stdout.readAll();
      yield* last.wait();
    });
  });
});

describe('processes of ours and of Node', () => {
  it('end beside each other, 40 of each, with the right statuses and no zombie', async () => {
    const before = childrenOfThisProcess();
    const codes = Array.from({ length: 40 }, (_, index) => index + 1);
    const [ours, theirs] = await expectCleanHosting(async () => {
      const pairs = codes.map((code) => {
        const words = ['-c', `exit ${code}`];
        const child = spawn('sh', words, QUIET);
        const other = spawnByNode('sh', words, { stdio: 'ignore' });
        return [child.wait(), once(other, 'close')] as const;
      });
      const statuses: ExitStatus[] = [];
      for (const [status] of pairs) statuses.push(await status);
      const closed = await Promise.all(pairs.map(([, close]) => close));
      return [statuses, closed.map(([code]) => Number(code))];
    });
    expect(ours).toEqual(codes.map((code) => ({ kind: 'exited', code })));
    expect(theirs).toEqual(codes);
    expect(childrenOfThisProcess()).toEqual(before);
  });

  it('run in a worker thread as well, in both hosts', async () => {
    const code = `const { parentPort } = require('node:worker_threads');
      void import(${JSON.stringify(distUrl())}).then(async ({ EventLoop, runProcess }) => {
        const loop = new EventLoop();
        const work = () => runProcess('cat', [], { input: 'worker' });
        const results = [loop.run(function* () { return yield* work(); }), await loop.host(work)];
        loop.close();
        parentPort.postMessage(results.map(({ stdout }) => Buffer.from(stdout).toString()));
      });`;
    const worker = new Worker(code, { eval: true });
    const [said] = await once(worker, 'message');
    await worker.terminate();
    expect(said).toEqual(['worker', 'worker']);
  });
});

function distUrl(): string {
  return new URL('../../../dist/loop/index.js', import.meta.url).href;
}

function openDescriptors(): string[] {
  return readdirSync('/proc/self/fd').filter((fd) => Number(fd) > 2);
}

function isKept(fd: string): boolean {
  try {
    const [, flags = ''] =
      /flags:\s*(\d+)/.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8')) ?? [];
    return (Number.parseInt(flags, 8) & 0o2000000) === 0;
  } catch {
    return false;
  }
}
