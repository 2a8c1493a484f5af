import { spawn, type ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { CallColumns } from '../core/call-columns.js';
import type { CallFailureCode, CallFailureCount } from '../core/call-failure.js';
import { monotonicNow } from '../core/clock.js';
import { formatDuration } from '../core/format-units.js';
import { NO_RESOURCES, type Round, type TaskDescription } from '../core/run.js';
import type { Milliseconds } from '../core/units.js';
import type { Contender, RunningRound } from './contender.js';
import type { ProgramReport } from './program-protocol.js';
import type { ProgramSpec } from './program-task.js';

const KEPT_CHARACTERS = 4000;
// What a program said last is there when it ends; what it started and left behind may hold the pipes for ever.
const LAST_WORDS_MS: Milliseconds = 200;

/** A whole program that is started anew for each round; the round has one call, which is the program. */
export class ProgramContender implements Contender {
  readonly name: string;
  readonly mode = 'program';
  readonly task: TaskDescription;
  readonly blockingBridgeMs: undefined;
  readonly #spec: ProgramSpec;
  #child: ChildProcess | undefined;
  #isStopped = false;

  constructor(name: string, spec: ProgramSpec) {
    this.name = name;
    this.task = { kind: 'program', text: spec.file };
    this.#spec = spec;
  }

  // How many calls a program has in flight is its own affair.
  concurrency(): number {
    return 1;
  }

  startRound(number: number): RunningRound {
    const calls = new CallColumns(1);
    return { calls, result: this.#run(number, calls) };
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#child?.kill('SIGKILL');
  }

  async #run(number: number, calls: CallColumns): Promise<Round> {
    const { path, file, timeoutMs } = this.#spec;
    const beganMs = monotonicNow();
    calls.begin(0, 0);
    const child = spawn(process.execPath, [PROCESS, path, String(number)], {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    const said = collect(child.stderr);
    const told = collect(child.stdio[3]);
    const limit = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    const ending = await endOf(child);
    clearTimeout(limit);
    this.#child = undefined;
    const elapsedMs = monotonicNow() - beganMs;
    const report = readReport(told());
    const failure = this.#isStopped
      ? undefined
      : failureOf(file, ending, elapsedMs >= timeoutMs ? timeoutMs : undefined, said());
    // One that was stopped is neither done nor failed.
    if (!this.#isStopped) calls.end(0, report?.wallMs ?? elapsedMs, 0, failure?.code);
    return {
      wallMs: report?.wallMs ?? elapsedMs,
      resources: {
        ...NO_RESOURCES,
        userMs: report?.userMs ?? 0,
        systemMs: report?.systemMs ?? 0,
      },
      calls,
      failures: failure === undefined ? [] : [failure],
      connecting: { connections: 0, durationMs: 0 },
    };
  }
}

const PROCESS = fileURLToPath(new URL('./program-process.js', import.meta.url));

async function endOf(child: ChildProcess): Promise<string> {
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const ending = await new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? String(code)));
  });
  const limit = setTimeout(() => {
    for (const pipe of child.stdio) pipe?.destroy();
  }, LAST_WORDS_MS);
  await closed;
  clearTimeout(limit);
  return ending;
}

function collect(stream: unknown): () => string {
  let text = '';
  if (isReadable(stream)) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      text = (text + part).slice(-KEPT_CHARACTERS);
    });
  }
  return () => text;
}

function isReadable(stream: unknown): stream is Readable {
  return typeof Object(stream).setEncoding === 'function';
}

function readReport(text: string): ProgramReport | undefined {
  if (text === '') return undefined;
  const report: ProgramReport = JSON.parse(text);
  return report;
}

function failureOf(
  file: string,
  ending: string,
  timeoutMs: number | undefined,
  said: string,
): CallFailureCount | undefined {
  if (ending === '0') return undefined;
  const fail = (code: CallFailureCode, how: string): CallFailureCount => ({
    code,
    count: 1,
    example: `${file} ${how}`,
  });
  if (timeoutMs !== undefined) {
    const limit = formatDuration(timeoutMs);
    return fail('TIMEOUT', `did not end within ${limit}; --timeout allows more`);
  }
  return fail('FAILED', `ended with ${ending}${lastWords(said)}`);
}

// Of an uncaught error Node prints the place, the message, the stack and its own version; the message is what helps. One that
// the compiler of TypeScript made stands in brackets, with its place on a line of its own.
function lastWords(said: string): string {
  const lines = said
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^Node\.js v|^\(Use `node/.test(line));
  const [, compiled] = /^\[(?:Error: )?(\w*Error: [^\]]+)\]$/m.exec(said) ?? [];
  const words = compiled ?? lines.find((line) => /^\w*Error\b/.test(line)) ?? lines.at(-1);
  return words === undefined ? '' : `: ${words.replaceAll(/\s+/g, ' ').slice(0, 200)}`;
}
