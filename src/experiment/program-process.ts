// The process in which a program runs as it is; see `program-contender.ts`.
import { writeSync } from 'node:fs';
import { monotonicNow } from '../core/clock.js';
import { prepareProgram } from '../tasks/user-modules.js';
import { REPORT_DESCRIPTOR, type ProgramReport } from './program-protocol.js';

const [, , path = '', number = ''] = process.argv;
process.argv.splice(1, Infinity, path, '--number', number);
const run = prepareProgram(path);
// Node's own start and the compiler of TypeScript are over: the clock starts with the program.
const beganMs = monotonicNow();
const cpuBefore = process.cpuUsage();
process.on('exit', () => {
  const { user, system } = process.cpuUsage(cpuBefore);
  const report: ProgramReport = {
    wallMs: monotonicNow() - beganMs,
    userMs: user / 1000,
    systemMs: system / 1000,
  };
  writeSync(REPORT_DESCRIPTOR, JSON.stringify(report));
});
await run();
