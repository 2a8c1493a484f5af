import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { CallColumns } from '../core/call-columns.js';
import { UnavailableError } from '../core/errors.js';
import type { Round } from '../core/run.js';
import type { LevelAnswer, LevelOrder } from './level-protocol.js';
import type { ModeThreadData } from './mode-protocol.js';

/** Makes rounds in a fresh process whose libuv has so many threads in its pool, which cannot be changed later. */
export class LevelProcess {
  readonly #child: ChildProcess;
  readonly #data: ModeThreadData;
  readonly #ended: Promise<never>;

  constructor(data: ModeThreadData, poolThreads: number) {
    this.#data = data;
    this.#child = fork(fileURLToPath(new URL('./level-process.js', import.meta.url)), [], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'advanced',
      execArgv: [],
      env: { ...process.env, UV_THREADPOOL_SIZE: String(poolThreads) },
    });
    this.#ended = once(this.#child, 'exit').then(() => {
      throw new UnavailableError('the process that measures a level ended before its time');
    });
    this.#ended.catch(() => {});
  }

  /**
   * Makes one round; only one at a time.
   *
   * @throws {UnavailableError} when it cannot be made.
   */
  async makeRound(number: number, concurrency: number): Promise<Round> {
    const { mode, task, threads } = this.#data;
    const order: LevelOrder = { mode, task, threads, number, concurrency };
    const answered = once(this.#child, 'message');
    this.#child.send(order, () => {});
    const [answer]: LevelAnswer[] = await Promise.race([answered, this.#ended]);
    if (answer === undefined || answer.kind === 'failed') {
      throw new UnavailableError(
        answer?.message ?? 'the process that measures a level said nothing',
      );
    }
    const { kind: _, columns, ...round } = answer;
    const shared = new SharedArrayBuffer(columns.length);
    new Uint8Array(shared).set(columns);
    return { ...round, calls: new CallColumns(number, shared) };
  }

  /** Ends the process, whatever it is doing. */
  stop(): void {
    this.#child.kill('SIGKILL');
  }
}
