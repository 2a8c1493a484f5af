import { readdirSync, readFileSync } from 'node:fs';

/** Whether processes come in groups here, which can be ended as one. */
export const HAS_GROUPS: boolean = process.platform !== 'win32';

/**
 * Ends a process that leads a group, with all of the group; where the platform tells (Linux) also what it or its children
 * started outside of the group. It must not have ended, or only just have.
 */
export function endProcessTree(leader: number): void {
  // One that is stopped starts no more of them.
  signal(leader, 'SIGSTOP');
  for (const each of childrenOf(leader)) endWithChildren(each);
  signal(HAS_GROUPS ? -leader : leader, 'SIGKILL');
}

function endWithChildren(pid: number): void {
  signal(pid, 'SIGSTOP');
  for (const each of childrenOf(pid)) endWithChildren(each);
  signal(pid, 'SIGKILL');
}

// Linux, proc_pid_children(5): the children that each thread of a process has started and that have not ended.
function childrenOf(pid: number): number[] {
  try {
    const tasks = `/proc/${pid}/task`;
    return readdirSync(tasks).flatMap((thread) =>
      readFileSync(`${tasks}/${thread}/children`, 'latin1').split(' ').filter(Boolean).map(Number),
    );
  } catch {
    return [];
  }
}

function signal(pid: number, name: 'SIGSTOP' | 'SIGKILL'): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended, or the platform does not know the signal.
  }
}
