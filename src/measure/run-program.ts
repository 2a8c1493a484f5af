import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { monotonicNow } from '../core/clock.js';
import type { BoundEnding } from '../core/bound.js';
import { UsageError } from '../core/errors.js';
import { quoted } from '../core/parse-units.js';
import type { Milliseconds } from '../core/units.js';
import { childrenCpuClock, type ChildrenCpu } from './children-cpu.js';
import { watchCoreWait } from './core-wait.js';
import type { ProgramCommand } from './program-command.js';

/** What the operating system tells of a program that ran to its end. */
export interface ProgramRun extends ChildrenCpu {
  readonly pid: number;
  readonly wallMs: Milliseconds;
  readonly cpuResolutionMs: Milliseconds;
  /** How long it could have computed and had no core; `undefined` where too little was seen of it. */
  readonly withoutCoreMs: Milliseconds | undefined;
  readonly ending: BoundEnding;
  /** True when SIGINT or SIGTERM came meanwhile. */
  readonly interrupted: boolean;
}

/** Under what circumstances a program runs. */
export interface ProgramCircumstances {
  readonly env: NodeJS.ProcessEnv;
  /** Whether what it prints goes to standard error. */
  readonly printsAside: boolean;
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such program',
  EACCES: 'it may not be run',
};

/**
 * Runs a program once, without a shell, on this process's own standard streams. Ctrl-C is for the program; who presses it
 * again ends the program for good. As with `time`, the program is its user's own: it goes on when this process is killed.
 *
 * @throws {UsageError} when the program cannot be started.
 * @throws {UnavailableError} where the CPU time of children cannot be read.
 */
export async function runProgram(
  { file, words }: ProgramCommand,
  { env, printsAside }: ProgramCircumstances,
): Promise<ProgramRun> {
  const clock = childrenCpuClock();
  const before = clock.now();
  const beganMs = monotonicNow();
  const child = spawn(file, words, { env, stdio: ['inherit', printsAside ? 2 : 1, 2] });
  const signals = passSignals(child);
  const endWatch = child.pid === undefined ? undefined : watchCoreWait(child.pid);
  try {
    const ending = await endOf(child);
    const wallMs = monotonicNow() - beganMs;
    const after = clock.now();
    const userMs = after.userMs - before.userMs;
    const systemMs = after.systemMs - before.systemMs;
    return {
      pid: child.pid ?? 0,
      wallMs,
      userMs,
      systemMs,
      withoutCoreMs: endWatch?.().total({ wallMs, cpuMs: userMs + systemMs }),
      cpuResolutionMs: clock.resolutionMs,
      ending,
      interrupted: signals.came(),
    };
  } catch (error) {
    throw new UsageError(`${quoted(file)} could not be started: ${startFault(error)}`);
  } finally {
    endWatch?.();
    signals.stop();
  }
}

function endOf(child: ChildProcess): Promise<BoundEnding> {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      if (signal !== null) resolve({ kind: 'signal', signal });
      else resolve(code === 0 ? { kind: 'done' } : { kind: 'code', code: code ?? 0 });
    });
  });
}

function startFault(error: unknown): string {
  const { code, message }: { code?: unknown; message?: unknown } = Object(error);
  return REASONS[String(code)] ?? String(message);
}

/** Keeps this process alive at a signal, and sees to it that the program gets it once. */
function passSignals(child: ChildProcess): { came(): boolean; stop(): void } {
  let count = 0;
  const listener = (signal: NodeJS.Signals): void => {
    count += 1;
    if (count > 1) child.kill('SIGKILL');
    // The terminal sends Ctrl-C to all programs in front of it, so the program has it already.
    else if (signal !== 'SIGINT' || !isInFront()) child.kill(signal);
  };
  for (const signal of SIGNALS) process.on(signal, listener);
  return {
    came: () => count > 0,
    stop: () => {
      for (const signal of SIGNALS) process.off(signal, listener);
    },
  };
}

// Of /proc/self/stat after the name in parentheses: state, parent, process group, session, terminal, group in front (proc(5)).
function isInFront(): boolean {
  const text = readFileSync('/proc/self/stat', 'latin1');
  const [, , group, , , inFront] = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return group === inFront;
}
