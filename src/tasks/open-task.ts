import type { BlockingTask, Task } from './task.js';
import type { TaskSpec } from './task-spec.js';

// Each kind is loaded only where it is opened: a thread without an HTTP library starts sooner.

/**
 * Opens a task for calls that leave the thread free, on Node's event loop.
 *
 * @throws {UsageError} when the module of the task cannot be used.
 */
export async function openTask(spec: TaskSpec): Promise<Task> {
  switch (spec.kind) {
    case 'http':
      return (await import('./http-calls.js')).openHttpTask(spec);
    case 'sleep':
      return (await import('./sleep-task.js')).openSleepTask(spec);
    case 'file':
      return (await import('./file-task.js')).openFileTask(spec);
    case 'pi':
      return (await import('./pi-task.js')).openPiTask(spec);
    case 'matrix':
      return (await import('./matrix-task.js')).openMatrixTask(spec);
    case 'command':
      return (await import('./command-task.js')).openCommandTask(spec);
    case 'module':
      return (await import('./module-calls.js')).openModuleTask(spec);
    case 'download':
      return (await import('./download-calls.js')).openDownloadTask(spec);
  }
}

/**
 * Opens a task for calls that block the thread.
 *
 * @throws {UsageError} when the module of the task cannot be used.
 */
export async function openBlockingTask(spec: TaskSpec): Promise<BlockingTask> {
  switch (spec.kind) {
    case 'http':
      return (await import('./http-calls.js')).openBlockingHttpTask(spec);
    case 'sleep':
      return (await import('./sleep-task.js')).openBlockingSleepTask(spec);
    case 'file':
      return (await import('./file-task.js')).openBlockingFileTask(spec);
    case 'pi':
      return (await import('./pi-task.js')).openBlockingPiTask(spec);
    case 'matrix':
      return (await import('./matrix-task.js')).openBlockingMatrixTask(spec);
    case 'command':
      return (await import('./command-task.js')).openBlockingCommandTask(spec);
    case 'module':
      return (await import('./module-calls.js')).openBlockingModuleTask(spec);
    case 'download':
      return (await import('./blocking-downloads.js')).openBlockingDownloadTask(spec);
  }
}
