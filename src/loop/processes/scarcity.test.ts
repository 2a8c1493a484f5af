import { describe, expect, it } from 'vitest';
import { expectCleanRun } from '../../../test/support/process-loop.js';
import { runProcess } from '../index.js';

const root = new URL('../../../', import.meta.url);
const face = new URL('dist/loop/index.js', root).href;

const REFUSE = `
  const koffi = require('koffi');
  const prctl = koffi.load(null).func('int prctl(int, unsigned long, void *, unsigned long, unsigned long)');
  // seccomp(2): load the number of the system call; is it this one, answer with the error, else let it through.
  const refuse = (systemCall, errno) => {
    const filter = Buffer.alloc(32);
    [[0x20, 0, 0, 0], [0x15, 0, 1, systemCall], [0x06, 0, 0, 0x50000 + errno], [0x06, 0, 0, 0x7fff0000]].forEach(
      ([code, yes, no, k], index) => {
        filter.writeUInt16LE(code, index * 8);
        filter.writeUInt8(yes, index * 8 + 2);
        filter.writeUInt8(no, index * 8 + 3);
        filter.writeUInt32LE(k, index * 8 + 4);
      },
    );
    const program = Buffer.alloc(16);
    program.writeUInt16LE(4);
    program.writeBigUInt64LE(BigInt(koffi.address(filter)), 8);
    if (prctl(38, 1, null, 0, 0) !== 0 || prctl(22, 2, program, 0, 0) !== 0) throw new Error('no seccomp');
    return filter;
  };
`;

const FILL = `
  const fs = require('node:fs');
  const inUse = () => fs.readdirSync('/proc/self/fd').length;
  const children = () => fs.readFileSync('/proc/self/task/' + process.pid + '/children', 'utf8');
  const fill = (free) => {
    const held = [];
    try { for (;;) held.push(fs.openSync('/dev/null')); } catch {}
    for (const fd of held.splice(held.length - free)) fs.closeSync(fd);
    return held;
  };
`;

function inNode(code: string): readonly [string, readonly string[]] {
  const whole = `void import(${JSON.stringify(face)}).then(({ EventLoop, spawn }) => { ${code} });`;
  // Node uses as many descriptors as it may.
  return ['sh', ['-c', 'ulimit -n 64; exec "$0" -e "$1"', process.execPath, whole]];
}

function say(code: string): string {
  const { stdout, stderr } = expectCleanRun(function* () {
    return yield* runProcess(...inNode(code), { cwd: new URL('.', root).pathname });
  });
  expect(String(stderr)).toBe('');
  return String(stdout);
}

describe('where something is missing', () => {
  it.each([
    ['pidfd_open', 434, 'ENOSYS', 38, 'function not implemented'],
    ['pidfd_open', 434, 'EPERM', 1, 'operation not permitted'],
    ['waitid', process.arch === 'x64' ? 247 : 95, 'EINVAL', 22, 'invalid argument'],
  ])('the kernel that refuses %s (%i) with %s is named', (name, number, code, errno, words) => {
    const said = say(`${REFUSE}
      const filter = refuse(${number}, ${errno});
      new EventLoop().run(function* () {
        try { spawn('true'); } catch (error) { console.log(error.code, error.message); }
      });
      filter.fill(0);`);
    expect(said).toBe(
      `UNAVAILABLE no process can be started here: it needs Linux 5.4 or later, and a sandbox that permits pidfd_open ` +
        `(${name}: ${words} (${code}))\n`,
    );
  });

  it('nothing is left behind, at whatever step the descriptors run out', () => {
    const said = say(`${FILL}
      const loop = new EventLoop();
      loop.run(function* () {
        yield* spawn('true', [], { stdin: 'ignore', stdout: 'ignore' }).wait();
        const said = [];
        const before = inUse();
        for (const free of [0, 1, 2, 3, 4, 5]) {
          const held = fill(free);
          let outcome = 'started';
          let child;
          try { child = spawn('sleep', ['1000']); } catch (error) { outcome = error.message; }
          for (const fd of held) fs.closeSync(fd);
          if (child) yield* child.stop();
          said.push([free, outcome, children() === '' && loop.watches.size].join(' '));
          held.length = 0;
        }
        console.log([...said, inUse() - before].join('\\n'));
      });`);
    const refused = 'too many open files (EMFILE) 0';
    expect(said.trim().split('\n')).toEqual([
      `0 pipe2: ${refused}`,
      `1 pipe2: ${refused}`,
      `2 pipe2: ${refused}`,
      `3 pipe2: ${refused}`,
      `4 pidfd_open: ${refused}`,
      '5 started 0',
      '0',
    ]);
  });
});
