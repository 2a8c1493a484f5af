import type { Milliseconds } from '../../core/units.js';
import type { Handle } from '../handle.js';
import type { TaskInfo } from './instrument.js';
import type { TaskRecord } from './record.js';

type OpenTask = { -readonly [Key in keyof TaskRecord]: TaskRecord[Key] };

/** The tasks: the first of them, those that are alive, and how many there were. */
export class TaskLog {
  dropped = 0;
  count = 0;
  readonly #limit: number;
  readonly #kept: OpenTask[] = [];
  readonly #alive = new Map<number, OpenTask>();
  readonly #steps = new WeakMap<Handle, number>();
  #fresh: number | undefined;

  constructor(limit: number) {
    this.#limit = limit;
  }

  spawned(task: TaskInfo, place: string | undefined, spawnedMs: Milliseconds): void {
    const { id, name } = task;
    const parent = task.parent?.id;
    const open: OpenTask = { id, name, parent, place, spawnedMs, exitedMs: undefined, steps: 0 };
    // What the library starts on somebody's behalf, as `gather` does, is asked for where that one is.
    open.place ??= parent === undefined ? undefined : this.#alive.get(parent)?.place;
    this.count += 1;
    this.#alive.set(id, open);
    if (this.#kept.length < this.#limit) this.#kept.push(open);
    else this.dropped += 1;
    this.#fresh = id;
  }

  /** The task whose step a handle is. A task is spawned right before its step gets in line for the first time. */
  ofStep(handle: Handle): number | undefined {
    if (this.#fresh !== undefined) this.#steps.set(handle, this.#fresh);
    this.#fresh = undefined;
    return this.#steps.get(handle);
  }

  stepped(task: TaskInfo): void {
    const open = this.#alive.get(task.id);
    if (open === undefined) return;
    open.steps += 1;
    if (open.exitedMs !== undefined) this.#alive.delete(task.id);
  }

  // The step in which it exits is told of after this.
  exited(task: TaskInfo, exitedMs: Milliseconds): void {
    const open = this.#alive.get(task.id);
    if (open !== undefined) open.exitedMs = exitedMs;
  }

  /** A task that is alive. */
  find(id: number | undefined): TaskRecord | undefined {
    return id === undefined ? undefined : this.#alive.get(id);
  }

  records(): TaskRecord[] {
    return this.#kept.map((task) => ({ ...task }));
  }
}
