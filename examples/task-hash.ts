// Your own work as a task: lwasync compare examples/task-hash.ts -n 20
// Hashing a password is computed on the four threads of libuv's pool, so awaiting it leaves the thread free.
import { pbkdf2, pbkdf2Sync } from 'node:crypto';
import { promisify } from 'node:util';

const hash = promisify(pbkdf2);
const ITERATIONS = 20_000;

export async function task(index: number): Promise<string> {
  return (await hash(`password ${index}`, 'salt', ITERATIONS, 32, 'sha256')).toString('hex');
}

export function taskSync(index: number): string {
  return pbkdf2Sync(`password ${index}`, 'salt', ITERATIONS, 32, 'sha256').toString('hex');
}
