import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { expectCleanHosting, expectCleanRun } from '../../../test/support/process-loop.js';
import {
  CancelledError,
  Event,
  OutputLimitError,
  runProcess,
  spawn,
  startTask,
  type Coroutine,
  type Future,
} from '../index.js';

const success = { kind: 'exited', code: 0 };

describe('running a process', () => {
  it('brings its status and what it wrote to both streams', async () => {
    const run = (): ReturnType<typeof runProcess> =>
      runProcess('sh', ['-c', 'cat; echo complaint >&2; exit 3'], { input: 'said' });
    for (const result of [
      expectCleanRun(function* () {
        return yield* run();
      }),
      await expectCleanHosting(run),
    ]) {
      expect(result.status).toEqual({ kind: 'exited', code: 3 });
      expect([String(result.stdout), String(result.stderr)]).toEqual(['said', 'complaint\n']);
    }
  });

  it('lets it read nothing unless it is given something', () => {
    const result = expectCleanRun(() => go(runProcess('cat')));
    expect(result).toEqual({ status: success, stdout: Buffer.alloc(0), stderr: Buffer.alloc(0) });
  });

  it('does not mind that it leaves its input unread', () => {
    const input = Buffer.alloc(10_000_000);
    const result = expectCleanRun(() => go(runProcess('head', ['-c', '3'], { input })));
    expect([result.status, result.stdout.length]).toEqual([success, 3]);
  });

  it('carries more than pipes hold both ways at once', () => {
    const input = Buffer.alloc(5_000_000, 'abc');
    const { stdout } = expectCleanRun(() => go(runProcess('cat', [], { input })));
    expect(stdout.equals(input)).toBe(true);
  });

  it('fails when it writes more than is to be kept, and the process is gone', () => {
    expectCleanRun(function* () {
      const failed = yield* caught(runProcess('cat', ['/dev/zero'], { mostBytes: 1_000_000 }));
      expect(failed).toEqual(new OutputLimitError(1_000_000));
    });
  });

  it('stops reading some time after its end, when a grandchild has its streams', () => {
    expectCleanRun(function* () {
      const code = 'head -c 60000 /dev/zero; sleep 1000 & echo $! >&2';
      const result = yield* runProcess('sh', ['-c', code], { drainMs: 0 });
      process.kill(Number(result.stderr), 'SIGKILL');
      expect([result.status, result.stdout.length]).toEqual([success, 60_000]);
    });
  });

  it('fails as spawn throws', () => {
    expectCleanRun(function* () {
      expect(yield* caught(runProcess('no-such-program'))).toMatchObject({ code: 'ENOENT' });
      expect(yield* caught(runProcess('true', [], { graceMs: -1 }))).toMatchObject({
        message: 'expected graceMs in milliseconds, at least 0, got -1',
      });
    });
  });
});

describe('giving a process up', () => {
  it('before its first step starts none', () => {
    expectCleanRun(function* () {
      const task = runProcess('sleep', ['1000']);
      task.cancel();
      expect(yield* caught(task)).toBeInstanceOf(CancelledError);
    });
  });

  it('ends and reaps it', () => {
    expectCleanRun(function* () {
      const task = runProcess('sleep', ['1000']);
      yield* steps(3);
      task.cancel();
      expect(yield* caught(task)).toBeInstanceOf(CancelledError);
    });
  });

  it('happens at the end of the loop to one that nobody waits for', () => {
    expectCleanRun(function* () {
      void runProcess('sleep', ['1000']);
      yield* steps(3);
    });
  });

  it('lets it end in its own way within the time it has', () => {
    const status = expectCleanRun(function* () {
      const child = spawn('sh', [
        '-c',
        'trap "exit 7" TERM; echo ready; while :; do sleep 0.01; done',
      ]);
      yield* child.stdout.readUntil('\n');
      return yield* child.stop();
    });
    expect(status).toEqual({ kind: 'exited', code: 7 });
  });

  it('kills it when it does not end within the time it has', () => {
    const status = expectCleanRun(function* () {
      const child = spawn(...deaf());
      yield* child.stdout.readUntil('\n');
      return yield* child.stop(20);
    });
    expect(status).toEqual({ kind: 'signalled', signal: 'SIGKILL' });
  });

  it('kills it at once when the stopping is itself given up, and waits for its end', () => {
    expectCleanRun(function* () {
      const child = spawn(...deaf());
      yield* child.stdout.readUntil('\n');
      const stopping = child.stop(1e9);
      yield* steps(3);
      stopping.cancel();
      expect(yield* caught(stopping)).toBeInstanceOf(CancelledError);
      expect(child.status).toEqual({ kind: 'signalled', signal: 'SIGKILL' });
    });
  });

  it('reaches its whole group when it leads one, also who does not listen', () => {
    expectCleanRun(function* () {
      const deafChild = `sh -c 'trap "" TERM; echo $$; exec sleep 1000' & wait`;
      const child = spawn('sh', ['-c', deafChild], { ownGroup: true });
      const pid = String(yield* child.stdout.readUntil('\n')).trim();
      const status = yield* child.stop();
      expect(status).toEqual({ kind: 'signalled', signal: 'SIGTERM' });
      // It has been sent its end; how long that takes is up to the kernel.
      while (isAlive(pid)) yield* steps(1);
    });
  });

  it('only while waiting leaves it alone', () => {
    expectCleanRun(function* () {
      const child = spawn('cat', [], { stdout: 'ignore' });
      const waiting = startTask(function* () {
        yield* child.wait();
      });
      yield* steps(2);
      waiting.cancel();
      expect(yield* caught(waiting)).toBeInstanceOf(CancelledError);
      expect(child.status).toBeUndefined();
      yield* child.stdin.end();
      expect(yield* child.wait()).toEqual(success);
    });
  });
});

function* go<T>(future: Future<T>): Coroutine<T> {
  return yield* future;
}

function* caught(future: Future<unknown>): Coroutine<unknown> {
  try {
    yield* future;
  } catch (error) {
    return error;
  }
  return undefined;
}

// So many passes of the loop.
function* steps(count: number): Coroutine<void> {
  for (let index = 0; index < count; index += 1) {
    const event = new Event();
    const other = startTask(function* () {
      yield* [];
      event.set();
    });
    yield* event.wait();
    yield* other;
  }
}

function isAlive(pid: string): boolean {
  try {
    return !/State:\s*[ZX]/.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

function deaf(): [string, string[]] {
  return ['sh', ['-c', 'trap "" TERM; echo ready; exec sleep 1000']];
}
