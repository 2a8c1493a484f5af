import { messageOf, MissingExportError, UsageError } from '../core/errors.js';
import { formatDuration } from '../core/format-units.js';
import { TaskError } from '../core/task-error.js';
import type { Milliseconds } from '../core/units.js';
import type { ModuleTaskSpec } from './module-task.js';
import { localBlockingTask, localTask, type BlockingTask, type Task } from './task.js';
import { importUserModule } from './user-modules.js';

// A module whose import does not end, because it awaits something at its top that never comes, is given up.
const IMPORT_LIMIT_MS: Milliseconds = 10_000;

/**
 * Imports the module and opens its `task`.
 *
 * @throws {MissingExportError} when it exports no such function.
 * @throws {UsageError} when it cannot be imported, or exports something else of that name.
 */
export async function openModuleTask(spec: ModuleTaskSpec): Promise<Task> {
  const task = await importFunction(spec, 'task');
  const inFlight: InFlight = new Set();
  return localTask(
    async (index) => ({ status: 0, value: await callOnce(spec, task, index, inFlight) }),
    () => {
      for (const giveUp of inFlight) giveUp(new TaskError('ABORTED', 'stopped by the caller'));
    },
  );
}

/**
 * Imports the module and opens its `taskSync`.
 *
 * @throws {MissingExportError} when it exports no such function.
 * @throws {UsageError} when it cannot be imported, or exports something else of that name.
 */
export async function openBlockingModuleTask(spec: ModuleTaskSpec): Promise<BlockingTask> {
  const taskSync = await importFunction(spec, 'taskSync');
  return localBlockingTask((index) => {
    const value = withPlace(spec, 'taskSync', index, () => taskSync(index));
    if (isThenable(value)) {
      throw new TaskError(
        'BAD_TASK',
        `${spec.file}: taskSync(${index}) returned a promise, expected a result; what awaits belongs into task`,
      );
    }
    return { status: 0, value };
  });
}

type UserFunction = (index: number, signal?: AbortSignal) => unknown;

async function importFunction(
  { path, file }: ModuleTaskSpec,
  name: 'task' | 'taskSync',
): Promise<UserFunction> {
  const module: unknown = await importWithin(file, importUserModule(path));
  const found: unknown = Object(module)[name] ?? Object(Object(module).default)[name];
  if (isFunction(found)) return found;
  const expected = `${file}: expected a function named ${name}, but the module`;
  if (found === undefined) {
    throw new MissingExportError(`${expected} does not export it`, `${file} exports no ${name}`);
  }
  throw new UsageError(`${expected} exports a ${typeof found}`);
}

function isFunction(value: unknown): value is UserFunction {
  return typeof value === 'function';
}

async function importWithin(file: string, importing: Promise<unknown>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      const limitText = formatDuration(IMPORT_LIMIT_MS);
      reject(new Error(`its import did not end within ${limitText}; does it await at its top?`));
    }, IMPORT_LIMIT_MS);
  });
  try {
    return await Promise.race([importing, limit]);
  } catch (error) {
    throw new UsageError(`${file} could not be imported: ${firstWords(messageOf(error))}`, {
      cause: error,
    });
  } finally {
    clearTimeout(timer);
  }
}

// A module that was not found is followed by who asked for it, and a fault of the compiler by its place on the next line.
function firstWords(message: string): string {
  return message.replace(/\nRequire stack:[^]*/, '').replaceAll(/\s+/g, ' ');
}

/** The calls of one module that are under way, each of which can be given up. */
type InFlight = Set<(reason: TaskError) => void>;

// The signal fires when the time of the call is over or the run ends; a task that does not listen is left behind.
async function callOnce(
  spec: ModuleTaskSpec,
  task: UserFunction,
  index: number,
  inFlight: InFlight,
): Promise<unknown> {
  const { file, timeoutMs } = spec;
  const over = new AbortController();
  const settled = withPlace(spec, 'task', index, () => task(index, over.signal));
  if (!isThenable(settled)) {
    const article = typeof settled === 'object' ? 'an' : 'a';
    const what = settled === undefined ? 'nothing' : `${article} ${typeof settled}`;
    throw new TaskError(
      'BAD_TASK',
      `${file}: task(${index}) returned ${what}, expected a promise; write: export async function task(index, signal)`,
    );
  }
  let giveUp = (_reason: TaskError): void => {};
  const givenUp = new Promise<never>((_resolve, reject) => {
    giveUp = (reason) => {
      reject(reason);
      over.abort(reason);
    };
  });
  const timer = setTimeout(() => {
    const limit = formatDuration(timeoutMs);
    giveUp(
      new TaskError(
        'TIMEOUT',
        `${file}: task(${index}) did not settle within ${limit}; --timeout allows more`,
      ),
    );
  }, timeoutMs);
  inFlight.add(giveUp);
  try {
    return await Promise.race([settled, givenUp]);
  } catch (error) {
    throw placed(spec, 'task', index, error);
  } finally {
    clearTimeout(timer);
    inFlight.delete(giveUp);
  }
}

function withPlace<Result>(
  spec: ModuleTaskSpec,
  name: string,
  index: number,
  work: () => Result,
): Result {
  try {
    return work();
  } catch (error) {
    throw placed(spec, name, index, error);
  }
}

function placed({ file }: ModuleTaskSpec, name: string, index: number, error: unknown): TaskError {
  if (error instanceof TaskError) return error;
  return new TaskError(
    'FAILED',
    `${file}: ${name}(${index}) failed: ${messageOf(error)}`,
    0,
    error,
  );
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof Object(value).then === 'function';
}
