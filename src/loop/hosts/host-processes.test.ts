import { describe, expect, it } from 'vitest';
import { runProgram } from '../../../test/support/run-program.js';

/** A program's loop on a selector, and a way to print that does not wait. */
function withLoopOf(selector: string, source: string): string {
  return `
    import { writeSync } from 'node:fs';
    const loop = new lib.EventLoop({ selector: new lib.${selector}() });
    const print = (text) => void writeSync(1, text + '\\n');
    ${source}`;
}

describe.each(['EpollSelector', 'PollSelector'])('a program with a loop on %s', (selector) => {
  it('ends when host is done, at a module’s top level as well as after an await', async () => {
    const { code, stdout, stderr } = await runProgram(
      withLoopOf(
        selector,
        `print(await loop.host(async () => { await lib.sleep(5); return 'native'; }));
         await null;
         print(await loop.host(function* () { yield* lib.sleep(5); return 'generator'; }));
         print(loop.run(function* () { yield* lib.sleep(5); return 'blocking'; }));`,
      ),
    );
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: 'native\ngenerator\nblocking\n',
      stderr: '',
    });
  });

  it('works in a test of Node’s own test runner', async () => {
    const { code, stdout } = await runProgram(
      withLoopOf(
        selector,
        `import test from 'node:test';
         await test('a body', async () => {
           await loop.host(async () => { await lib.sleep(5); });
           loop.run(function* () { yield* lib.sleep(5); });
         });`,
      ),
    );
    // The reporter that is taken where there is no terminal differs between lines of Node.
    expect([code, /^(#|ℹ) pass 1$/m.test(stdout)]).toEqual([0, true]);
  });

  it('works in a worker thread, beside the loop of the main thread', async () => {
    const { code, stdout, stderr } = await runProgram(
      withLoopOf(
        selector,
        `import { Worker } from 'node:worker_threads';
         const main = \`
           import { parentPort, workerData } from 'node:worker_threads';
           const lib = await import(workerData);
           const loop = new lib.EventLoop({ selector: new lib.${selector}() });
           const hosted = await loop.host(async () => { await lib.sleep(5); return 'hosted'; });
           const ran = loop.run(function* () { yield* lib.sleep(5); return 'ran'; });
           loop.close();
           parentPort.postMessage(hosted + ' ' + ran);\`;
         const worker = new Worker(main, { eval: true, workerData: libUrl });
         print(await loop.host(function* () {
           const answer = new lib.Future(loop);
           worker.once('message', (message) => answer.resolve(message));
           worker.once('error', (error) => answer.reject(error));
           return yield* answer;
         }));`,
      ),
    );
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: 'hosted ran\n', stderr: '' });
  });

  it('stays alive for a descriptor that is watched after the loop has fallen asleep', async () => {
    const { code, stdout } = await runProgram(
      withLoopOf(
        selector,
        `const { libc } = await import(new URL('system/libc.js', libUrl));
         const fds = new Int32Array(2);
         libc().pipe2(fds, 0);
         await loop.host(async () => {
           await new Promise((resolve) => setTimeout(resolve, 20));
           // Which does not keep the process alive.
           setTimeout(() => writeSync(fds[1], 'x'), 50).unref();
           await new Promise((resolve) => {
             const handle = loop.addReader(fds[0], () => { handle.cancel(); resolve(); });
           });
         });
         print('readable');`,
      ),
    );
    expect([code, stdout]).toEqual([0, 'readable\n']);
  });

  it.each([
    ['idle', ''],
    ['busy', 'const again = () => { if (!isOver) loop.callSoon(again); }; again();'],
  ])('is on time with Node’s timers and signals while the loop is %s', async (_state, busy) => {
    const { code, stdout } = await runProgram(
      withLoopOf(
        selector,
        `import { readFile } from 'node:fs/promises';
         const lateness = await loop.host(async () => {
           let isOver = false;
           // Waiting for a signal keeps no program alive.
           const alive = loop.callLater(60_000, () => {});
           ${busy}
           const timed = async (atMs, begin) => {
             const startMs = performance.now();
             await new Promise(begin);
             return performance.now() - startMs - atMs;
           };
           const timer = await timed(50, (resolve) => setTimeout(resolve, 50));
           const signal = await timed(0, (resolve) => {
             process.once('SIGUSR2', resolve);
             process.kill(process.pid, 'SIGUSR2');
           });
           const file = await timed(0, (resolve) => readFile('/proc/self/status').then(resolve));
           isOver = true;
           alive.cancel();
           return { timer, signal, file };
         });
         print(JSON.stringify(lateness));`,
      ),
    );
    expect(code).toBe(0);
    const lateness = JSON.parse(stdout) as Readonly<Record<string, number>>;
    for (const [what, ms] of Object.entries(lateness)) {
      expect(ms, `${what}, in milliseconds: ${stdout}`).toBeLessThan(200);
    }
  });

  it('is ended by Ctrl-C while run blocks the thread', async () => {
    const blocked = `loop.run(function* () { print('blocked'); yield* lib.sleep(60_000); });`;
    const ctrlC = { text: 'blocked', signal: 'SIGINT' } as const;
    const { code, signal } = await runProgram(withLoopOf(selector, blocked), ctrlC);
    expect([code, signal]).toEqual([null, 'SIGINT']);
  });

  it('hears of Ctrl-C in host, and ends as it likes', async () => {
    const { code, stdout } = await runProgram(
      withLoopOf(
        selector,
        `const main = function* () {
           const told = new lib.Event();
           process.once('SIGINT', () => told.set());
           print('waits');
           yield* lib.timeout(20_000, told.wait());
           print('told');
         };
         await loop.host(main);`,
      ),
      { text: 'waits', signal: 'SIGINT' },
    );
    expect([code, stdout]).toEqual([0, 'waits\ntold\n']);
  });
});
