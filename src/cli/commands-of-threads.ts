import { readdirSync, readFileSync } from 'node:fs';
import type { Milliseconds } from '../core/units.js';

// By then the round has been cut, and a command that is ended does not count as one that failed.
const AGAIN_MS: Milliseconds = 100;

/**
 * Ends the commands that threads of this process wait for, again and again until the undo that it returns is called. A thread
 * that is blocked by a command ends only when the command does, and may be about to start the next one. The main thread's own
 * children, such as the practice server, go on.
 */
export function endCommandsOfThreads(): () => void {
  const timer = setInterval(() => {
    for (const pid of childrenOfThreads()) end(pid);
  }, AGAIN_MS);
  return () => clearInterval(timer);
}

/** None where the system does not tell: Linux does (proc(5), /proc/pid/task/tid/children). */
function childrenOfThreads(): number[] {
  try {
    return readdirSync('/proc/self/task')
      .filter((thread) => thread !== String(process.pid))
      .flatMap((thread) => readFileSync(`/proc/self/task/${thread}/children`, 'latin1').split(' '))
      .filter((pid) => pid !== '')
      .map(Number);
  } catch {
    // A thread has ended meanwhile; the next time tells.
    return [];
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
