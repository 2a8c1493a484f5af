import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

export function sleepBlocking(ms: number): void {
  spawnSync(process.execPath, ['-e', `setTimeout(() => {}, ${ms})`]);
}

export const sleepAsynchronously = (ms: number): Promise<void> => sleep(ms);
