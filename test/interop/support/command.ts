import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const MAIN = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url));
const MOST_BYTES = 64 * 2 ** 20;

/** How a command ended. */
export interface CommandResult {
  readonly exitCode: number;
  /** The JSON document on standard output. */
  readonly document: Readonly<Record<string, unknown>>;
  readonly stderr: string;
}

/** Runs `lwasync` with `--json` as a user does, with more environment variables where a test needs them. */
export async function runCommand(
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<CommandResult> {
  const options = { env: { ...process.env, ...env }, maxBuffer: MOST_BYTES };
  const running = promisify(execFile)(process.execPath, [MAIN, ...words, '--json'], options);
  const { stdout, stderr } = await running.catch((error: unknown) => asOutput(error));
  const document: Record<string, unknown> = JSON.parse(stdout);
  return { exitCode: running.child.exitCode ?? -1, document, stderr };
}

// An exit code other than 0 is an error to Node, which carries what was printed.
function asOutput(error: unknown): { stdout: string; stderr: string } {
  if (error instanceof Error && 'stdout' in error && 'stderr' in error) {
    return { stdout: String(error.stdout), stderr: String(error.stderr) };
  }
  throw error;
}
