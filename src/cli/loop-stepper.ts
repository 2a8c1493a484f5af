import { openSync, readSync } from 'node:fs';
import { isatty } from 'node:tty';
import { UsageError } from '../core/errors.js';
import { formatDuration } from '../core/format-units.js';
import type { Milliseconds } from '../core/units.js';
import type { Handle } from '../loop/handle.js';
import type { Instrument, LoopView, Phase, TaskInfo } from '../loop/instruments/instrument.js';
import { QueueMirror, type QueuedRun } from '../loop/instruments/queue-mirror.js';
import { describeRun } from '../loop/instruments/summary.js';
import { TaskLog } from '../loop/instruments/task-log.js';

/** Whoever steps wants no more. It ends the loop. */
export class QuitError extends Error {}

/** Shows a text and waits for an answer of one line, with the thread blocked. */
export type Ask = (text: string) => string;

const PROMPT = '[Enter] goes on, q and Enter quits: ';
const MOST_SHOWN = 10;

/**
 * Pauses a loop after each phase of each pass and shows what is in its queues. It throws a `QuitError` where the answer
 * begins with q.
 */
export class LoopStepper implements Instrument {
  readonly #ask: Ask;
  readonly #queue = new QueueMirror();
  readonly #tasks = new TaskLog(0);
  #loop: LoopView | undefined;
  #pass = 0;
  #hasQuit = false;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  loopEntered(loop: LoopView): void {
    this.#loop = loop;
  }

  taskSpawned(task: TaskInfo): void {
    this.#tasks.spawned(task, undefined, 0);
  }

  taskExited(task: TaskInfo): void {
    this.#tasks.exited(task, 0);
  }

  taskStepped(task: TaskInfo): void {
    this.#tasks.stepped(task);
  }

  handleEnqueued(handle: Handle): void {
    const task = handle.kind === 'step' ? this.#tasks.ofStep(handle) : undefined;
    this.#queue.add(handle, 0, undefined, task);
  }

  handleStarted(handle: Handle): void {
    this.#queue.take(handle, 0);
  }

  beforeIoWait(timeoutMs: Milliseconds): void {
    this.#queue.dropRest();
    this.#pass += 1;
    this.#pause(`timeout computed: ${describeTimeout(timeoutMs)}`);
  }

  afterIoWait(events: number): void {
    this.#pause(`select over: ${events} ready`);
  }

  phaseEnded(phase: Phase): void {
    if (phase === 'due timers to the ready queue') this.#queue.freeze();
    this.#pause(`done: ${phase}`);
  }

  #pause(what: string): void {
    if (this.#hasQuit || this.#loop === undefined) return;
    const text = renderQueues(this.#loop, this.#queue.inLine());
    const answer = this.#ask(`pass ${this.#pass}: ${what}\n${text}\n${PROMPT}`);
    if (!/^\s*q/i.test(answer)) return;
    // Tasks still clean up, in passes that are not shown.
    this.#hasQuit = true;
    throw new QuitError('quit');
  }
}

function describeTimeout(timeoutMs: Milliseconds): string {
  if (timeoutMs === 0) return '0, it only looks';
  return timeoutMs === Infinity ? 'none, it waits for ever' : formatDuration(timeoutMs);
}

function renderQueues(loop: LoopView, inLine: readonly QueuedRun[]): string {
  const tasks = new Map([...loop.tasks].map((task) => [task.id, task]));
  const waiting = inLine.filter(({ handle }) => !handle.isCancelled);
  const ready = new Set(waiting.map((queued) => queued.task));
  const nowMs = loop.time();
  return [
    row(
      'ready queue',
      waiting.map(({ handle: { kind, callback }, task }) => {
        const taskName = task === undefined ? undefined : tasks.get(task)?.name;
        return describeRun({ kind, name: callback.name, taskName });
      }),
    ),
    row(
      'timers',
      loop.timers.waiting().map(({ deadlineMs }) => {
        const leftMs = deadlineMs - nowMs;
        return leftMs > 0 ? `in ${formatDuration(leftMs)}` : 'due';
      }),
    ),
    row(
      'watched',
      loop.watches.waiting().map(({ fd, kind }) => `${fd} (${kind})`),
    ),
    row(
      'tasks',
      [...loop.tasks].map(({ id, name }) => `${id} ${name} ${ready.has(id) ? 'ready' : 'waits'}`),
    ),
  ].join('\n');
}

function row(heading: string, things: readonly string[]): string {
  const more = things.length > MOST_SHOWN ? `, and ${things.length - MOST_SHOWN} more` : '';
  const shown = things.length === 0 ? '-' : things.slice(0, MOST_SHOWN).join(', ');
  return `  ${heading.padEnd(11)}  ${shown}${more}`;
}

/**
 * Asks on the terminal of this process. It is read without Node's loop, which stands still in `loop.run`.
 *
 * @throws {UsageError} when there is no terminal.
 */
export function askTerminal(): Ask {
  if (!isatty(0) || !isatty(2)) {
    throw new UsageError('--step needs a terminal: standard input and standard error must be one');
  }
  const terminal = openSync('/dev/tty', 'r');
  const buffer = Buffer.alloc(1024);
  return (text) => {
    process.stderr.write(text);
    const length = readSync(terminal, buffer);
    // The end of the input (Ctrl-D) means quit.
    return length === 0 ? 'q' : buffer.toString('utf8', 0, length);
  };
}
