import { readdirSync, readlinkSync } from 'node:fs';
import { expect } from 'vitest';
import type { EventLoop } from '../../src/loop/index.js';

/** Fails when something waits in a loop. */
export function expectNothingLeft(loop: EventLoop): void {
  expect({
    timers: loop.timers.size,
    watches: loop.watches.size,
    tasks: [...loop.tasks].map((task) => task.name),
  }).toEqual({ timers: 0, watches: 0, tasks: [] });
}

/** The descriptors of this process and what they stand for: `12 socket:[345]`. */
export function openDescriptors(): string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return [`${fd} ${readlinkSync(`/proc/self/fd/${fd}`)}`];
    } catch {
      // The one that read the folder is gone.
      return [];
    }
  });
}
