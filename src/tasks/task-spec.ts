import { basename } from 'node:path';
import type { ModeName, TaskDescription } from '../core/run.js';
import type { Milliseconds } from '../core/units.js';
import type { CommandTaskSpec } from './command-task.js';
import type { DownloadTaskSpec } from './download-task.js';
import { describeDownload } from './describe-download.js';
import type { FileTaskSpec } from './file-task.js';
import type { HttpTaskSpec } from './http-task.js';
import type { MatrixTaskSpec } from './matrix-task.js';
import type { ModuleTaskSpec } from './module-task.js';
import type { PiTaskSpec } from './pi-task.js';
import type { SleepTaskSpec } from './sleep-task.js';

/** Something to do once, as plain data that any thread or process can open (`open-task.ts`). */
export type TaskSpec =
  | HttpTaskSpec
  | SleepTaskSpec
  | FileTaskSpec
  | PiTaskSpec
  | MatrixTaskSpec
  | CommandTaskSpec
  | ModuleTaskSpec
  | DownloadTaskSpec;

/** The task as a report shows it; the headers of a call, which may hold secrets, are left out. */
export function describeTask(spec: TaskSpec): TaskDescription {
  const { kind } = spec;
  switch (kind) {
    case 'http':
      return { kind, text: `${spec.request.method} ${spec.request.url}` };
    case 'sleep':
      return { kind, text: `sleep ${typedDuration(spec.durationMs)}` };
    case 'file':
      return { kind, text: `file ${basename(spec.path)}` };
    case 'pi':
      return { kind, text: `pi ${spec.digits}` };
    case 'matrix':
      return { kind, text: `matrix ${spec.size}` };
    case 'command':
      return { kind, text: [spec.command, ...spec.words].join(' ') };
    case 'module':
      return { kind, text: spec.file };
    case 'download':
      return { kind, text: describeDownload(spec.files) };
  }
}

function typedDuration(durationMs: Milliseconds): string {
  return durationMs < 1000 ? `${durationMs}ms` : `${durationMs / 1000}s`;
}

/** The modes in which a comparison does the task unless others are named: those that have something to tell. */
export function defaultModes({ kind }: Pick<TaskSpec, 'kind'>): readonly ModeName[] {
  switch (kind) {
    case 'http':
      return ['sync', 'sequential', 'async'];
    case 'pi':
    case 'matrix':
      return ['sync', 'async', 'threads'];
    case 'download':
      return ['sync', 'async'];
    case 'sleep':
    case 'file':
    case 'command':
    case 'module':
      return ['sync', 'sequential', 'async', 'threads'];
  }
}

/** Why the task cannot be done in a mode here, to follow a colon; `undefined` when it can. */
export async function whyNot(spec: TaskSpec, mode: ModeName): Promise<string | undefined> {
  if (mode === 'loop') {
    if (spec.kind !== 'http' && spec.kind !== 'sleep') {
      return `our own event loop does http and sleep, not ${spec.kind}`;
    }
    const { whyNotOnLoop } = await import('./loop-tasks.js');
    return whyNotOnLoop(spec);
  }
  if (spec.kind === 'download' && mode === 'threads') {
    return 'files are downloaded by one thread, which has little to compute; more of them would only wait in more places';
  }
  if (spec.kind !== 'module') return undefined;
  const { task, taskSync } = spec.exports;
  if (mode === 'sync' && !taskSync) return `${spec.file} exports no taskSync`;
  if ((mode === 'sequential' || mode === 'async') && !task) return `${spec.file} exports no task`;
  return undefined;
}

/** Whether a thread of a pool blocks when it does the task, as it does wherever it can. */
export function blocksInPool(spec: TaskSpec): boolean {
  switch (spec.kind) {
    // A blocked thread would need a second one to make its calls; awaiting one after another comes to the same.
    case 'http':
    case 'download':
      return false;
    case 'module':
      return spec.exports.taskSync;
    case 'sleep':
    case 'file':
    case 'pi':
    case 'matrix':
    case 'command':
      return true;
  }
}
