import type { EventLoop } from '../event-loop.js';
import { beginOperation } from '../tasks/running.js';
import { ChildProcess, type ProcessStreams } from './child-process.js';
import { InputStream } from './input-stream.js';
import { OutputStream } from './output-stream.js';
import { posixSpawn } from './posix-spawn.js';
import { ProcessDescriptor, requireProcessDescriptors } from './process-descriptor.js';
import { planSpawn, type SpawnOptions } from './spawn-options.js';
import { closeEnds, openStandardStreams, type StreamEnds } from './standard-streams.js';

/**
 * Starts a process. There is no shell: `command` is the path of a program, or, without a slash, a name that is looked for in
 * the PATH of the process's environment. Its stdin and stdout are pipes and its stderr is ours unless said otherwise; its
 * signals are as if it were started from a shell.
 *
 * @throws {UsageError} for what no process can be started with.
 * @throws {SystemError} when it cannot be started: `ENOENT` when there is no such program, or no such directory.
 * @throws {UnavailableError} when the kernel or the C library is too old.
 */
export function spawn(
  command: string,
  args: readonly string[] = [],
  options: SpawnOptions = {},
): ChildProcess {
  const loop = beginOperation();
  const plan = planSpawn(command, args, options);
  requireProcessDescriptors();
  const ends = openStandardStreams(plan.streams);
  try {
    const descriptor = new ProcessDescriptor(posixSpawn(plan, ends));
    return new ChildProcess(loop, descriptor, toStreams(loop, ends), plan.ownGroup);
  } catch (error) {
    closeEnds(ends, 'ours');
    throw error;
  } finally {
    closeEnds(ends, 'theirs');
  }
}

function toStreams(loop: EventLoop, ends: readonly StreamEnds[]): ProcessStreams {
  const [stdin, stdout, stderr] = ends.map(({ ours }) => ours);
  return {
    stdin: stdin === undefined ? undefined : new OutputStream(loop, stdin),
    stdout: stdout === undefined ? undefined : new InputStream(loop, stdout),
    stderr: stderr === undefined ? undefined : new InputStream(loop, stderr),
  };
}
