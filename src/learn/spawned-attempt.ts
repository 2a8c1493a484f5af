import { spawn, type ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { AttemptQuestion, AttemptReport } from './attempt-protocol.js';
import { MessagePipe, type MessagePipeListener } from './message-pipe.js';
import { endProcessTree, HAS_GROUPS } from './process-tree.js';

/** What an attempt runs. */
export interface AttemptFiles {
  /** The learner's module. */
  readonly file: string;
  /** The folder for what is compiled. */
  readonly compiled: string;
}

const PROGRAM = fileURLToPath(new URL('./attempt-process.js', import.meta.url));
const MOST_PRINTED = 64_000;

/** The process of an attempt: it is talked to by a pipe, what it prints is kept, and all that it starts ends with it. */
export class SpawnedAttempt {
  readonly #process: ChildProcess;
  readonly #pipe: MessagePipe<AttemptQuestion, AttemptReport> | undefined;
  #printed = '';
  #hasEnded = false;

  /** Starts it; that it cannot be started is told as its end. */
  constructor({ file, compiled }: AttemptFiles, listener: MessagePipeListener<AttemptReport>) {
    this.#process = spawn(process.execPath, [PROGRAM, file, compiled], {
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      detached: HAS_GROUPS,
    });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#printed += text.slice(0, MOST_PRINTED - this.#printed.length);
      });
    }
    this.#process.on('error', () => listener.onEnd());
    this.#process.on('exit', () => this.#end());
    const stream = this.#process.stdio[3];
    if (stream instanceof Socket) this.#pipe = new MessagePipe(stream, listener);
  }

  /** What was printed, the first of it. */
  get printed(): string {
    return this.#printed;
  }

  ask(question: AttemptQuestion): void {
    this.#pipe?.send(question);
  }

  /** Ends it, whatever it does, and all that it has started. */
  close(): void {
    this.#end();
    // Whatever has them still, has nobody to talk to.
    this.#pipe?.close();
    this.#process.stdout?.destroy();
    this.#process.stderr?.destroy();
  }

  #end(): void {
    if (this.#hasEnded || this.#process.pid === undefined) return;
    this.#hasEnded = true;
    endProcessTree(this.#process.pid);
  }
}
