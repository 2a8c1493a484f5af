import { UsageError } from '../../core/errors.js';

/**
 * Where a standard stream of a process leads: through a pipe to us, to where our own leads, or to nowhere (`/dev/null`).
 */
export type StandardStream = 'pipe' | 'inherit' | 'ignore';

/** How to start a process. */
export interface SpawnOptions {
  /** Its working directory: ours unless said otherwise. */
  readonly cwd?: string;
  /** Its whole environment: `process.env` unless said otherwise. What is undefined is left out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** A pipe unless said otherwise. */
  readonly stdin?: StandardStream;
  /** A pipe unless said otherwise. */
  readonly stdout?: StandardStream;
  /** Inherited unless said otherwise: complaints go where ours go, and no pipe fills up that nobody reads. */
  readonly stderr?: StandardStream;
  /**
   * Whether it leads a process group of its own, in which its descendants are too; signals then go to all of them. Ctrl-C in
   * a terminal reaches only the group in the foreground, which is ours: false unless said otherwise.
   */
  readonly ownGroup?: boolean;
}

/** The same with what was left out, checked. */
export interface SpawnPlan {
  readonly command: string;
  /** Its `argv`, the command first. */
  readonly words: readonly string[];
  readonly cwd: string | undefined;
  readonly environment: readonly string[];
  /** Where it looks for commands. */
  readonly path: string | undefined;
  /** stdin, stdout and stderr. */
  readonly streams: readonly StandardStream[];
  readonly ownGroup: boolean;
}

/** @throws {UsageError} for what no process can be started with. */
export function planSpawn(
  command: string,
  args: readonly string[],
  options: SpawnOptions,
): SpawnPlan {
  const { cwd, env = process.env, stdin = 'pipe', stdout = 'pipe', stderr = 'inherit' } = options;
  if (command === '') {
    throw new UsageError('expected the name or the path of a program, got an empty string');
  }
  const words = [command, ...args];
  for (const word of words) refuseNul('the command line', word);
  if (cwd !== undefined) refuseNul('cwd', cwd);
  const streams = Object.entries({ stdin, stdout, stderr });
  for (const [name, stream] of streams) checkStream(name, stream);
  return {
    command,
    words,
    cwd,
    environment: toEnvironment(env),
    path: env['PATH'],
    streams: streams.map(([, stream]) => stream),
    ownGroup: options.ownGroup ?? false,
  };
}

function toEnvironment(env: Readonly<Record<string, string | undefined>>): string[] {
  const entries: string[] = [];
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined) continue;
    if (name === '' || name.includes('=')) {
      throw new UsageError(
        `expected the name of an environment variable, got ${JSON.stringify(name)}`,
      );
    }
    const entry = `${name}=${value}`;
    refuseNul(`the environment variable ${JSON.stringify(name)}`, entry);
    entries.push(entry);
  }
  return entries;
}

// It would end the string for C, and what comes after it would be lost without a word.
function refuseNul(where: string, text: string): void {
  if (!text.includes('\0')) return;
  throw new UsageError(
    `${where} has a NUL character, which cannot be handed to a process: ${JSON.stringify(text)}`,
  );
}

function checkStream(name: string, stream: StandardStream): void {
  if (['pipe', 'inherit', 'ignore'].includes(stream)) return;
  throw new UsageError(
    `expected 'pipe', 'inherit' or 'ignore' for ${name}, got ${JSON.stringify(stream)}`,
  );
}
