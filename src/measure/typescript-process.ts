// The process in which a program in TypeScript runs that is given by its file; see `program-command.ts`.
import { resolve } from 'node:path';
import { prepareProgram } from '../tasks/user-modules.js';

const [, , file = '', ...words] = process.argv;
const path = resolve(file);
process.argv.splice(1, Infinity, path, ...words);
const run = prepareProgram(path);
// The hook asks when the program began.
Reflect.set(globalThis, Symbol.for('lwasync.programBeganMs'), performance.now());
await run();
