// Runs a function in a thread while a module is being evaluated, and ends although the thread stays for the next.
import { EventLoop, runInThread } from '../../dist/loop/index.js';

const functions = new URL('./thread-functions.mjs', import.meta.url);
const loop = new EventLoop();
console.log(loop.run(() => runInThread(functions, 'add', [2, 3])[Symbol.iterator]()));
console.log(await loop.host(() => runInThread(functions, 'add', [3, 4])));
loop.close();
