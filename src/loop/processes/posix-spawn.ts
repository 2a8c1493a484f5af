import { resolve } from 'node:path';
import { EACCES, ENOENT, ENOTDIR } from '../system/errno.js';
import { libc, type CStrings } from '../system/libc.js';
import { SystemError } from '../system/system-error.js';
import type { SpawnPlan } from './spawn-options.js';
import type { StreamEnds } from './standard-streams.js';

const O_RDWR = 2;
const X_OK = 1;
const POSIX_SPAWN_SETPGROUP = 0x02;
const POSIX_SPAWN_SETSIGDEF = 0x04;
const POSIX_SPAWN_SETSIGMASK = 0x08;
// Their sizes belong to the C library and the processor: 80 and 336 bytes in glibc on x64, and the same in musl.
const ACTIONS_BYTES = 512;
const ATTRIBUTES_BYTES = 1024;
const SIGNAL_SET_BYTES = 128;
// Where programs are when the environment does not say, as in glibc and musl together.
const USUAL_PATH = '/usr/local/bin:/usr/bin:/bin';
const NOT_THIS_ONE: ReadonlySet<number> = new Set([EACCES, ENOENT, ENOTDIR]);

/**
 * Starts a process: `posix_spawn`, which copies no memory, unlike `fork`. Returns its number. Everything but the three
 * standard streams is closed in it, since every descriptor of Node's and ours is marked so.
 *
 * @throws {SystemError} when it cannot be started: `ENOENT` when there is no such program, or no such directory.
 */
export function posixSpawn(plan: SpawnPlan, ends: readonly StreamEnds[]): number {
  const actions = Buffer.alloc(ACTIONS_BYTES);
  const attributes = Buffer.alloc(ATTRIBUTES_BYTES);
  check(libc().posix_spawn_file_actions_init(actions), plan.command);
  try {
    check(libc().posix_spawnattr_init(attributes), plan.command);
    try {
      fillActions(actions, plan, ends);
      fillAttributes(attributes, plan);
      return spawnFirst(plan, actions, attributes);
    } finally {
      libc().posix_spawnattr_destroy(attributes);
    }
  } finally {
    libc().posix_spawn_file_actions_destroy(actions);
  }
}

function fillActions(actions: Buffer, plan: SpawnPlan, ends: readonly StreamEnds[]): void {
  if (plan.cwd !== undefined) {
    check(libc().posix_spawn_file_actions_addchdir_np(actions, plan.cwd), plan.command);
  }
  for (const [fd, { stream, theirs }] of ends.entries()) {
    // Node marks its own standard streams to be closed too; copied onto themselves they stay open.
    const result =
      stream === 'ignore'
        ? libc().posix_spawn_file_actions_addopen(actions, fd, '/dev/null', O_RDWR, 0)
        : libc().posix_spawn_file_actions_adddup2(actions, theirs ?? fd, fd);
    check(result, plan.command);
  }
}

// Node ignores SIGPIPE and SIGXFSZ, and what is ignored or held back stays so in a new program.
function fillAttributes(attributes: Buffer, plan: SpawnPlan): void {
  const signals = Buffer.alloc(SIGNAL_SET_BYTES);
  check(libc().posix_spawnattr_setsigmask(attributes, signals), plan.command);
  // The signals 1 to 31; the set is a number of 64 bits, and both processors begin with its lowest byte.
  signals.writeUInt32LE(0x7fff_ffff);
  check(libc().posix_spawnattr_setsigdefault(attributes, signals), plan.command);
  const group = plan.ownGroup ? POSIX_SPAWN_SETPGROUP : 0;
  const flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | group;
  check(libc().posix_spawnattr_setflags(attributes, flags), plan.command);
}

// The rules of execvp(3): the first that can be run, and when there is none, EACCES tells more than ENOENT. Not
// posix_spawnp, which takes PATH from this process and not from the environment that is handed over.
function spawnFirst(plan: SpawnPlan, actions: Buffer, attributes: Buffer): number {
  const pid = new Int32Array(1);
  const words: CStrings = [...plan.words, null];
  const environment: CStrings = [...plan.environment, null];
  let errno = ENOENT;
  for (const file of candidates(plan)) {
    const reachable = libc().access(resolve(plan.cwd ?? '', file), X_OK);
    const result =
      reachable < 0
        ? -reachable
        : libc().posix_spawn(pid, file, actions, attributes, words, environment);
    if (result === 0) return pid[0] ?? 0;
    if (!NOT_THIS_ONE.has(result)) throw new SystemError('spawn', result, plan.command);
    if (result === EACCES) errno = EACCES;
  }
  throw reason(plan, errno);
}

function candidates({ command, path = USUAL_PATH }: SpawnPlan): string[] {
  if (command.includes('/')) return [command];
  return path.split(':').map((folder) => `${folder === '' ? '.' : folder}/${command}`);
}

// A directory that is not there and a program that is not there give the same error.
function reason({ command, cwd }: SpawnPlan, errno: number): SystemError {
  const result = cwd === undefined ? 0 : libc().access(`${cwd}/.`, X_OK);
  return result < 0
    ? new SystemError('chdir', -result, cwd)
    : new SystemError('spawn', errno, command);
}

function check(result: number, command: string): void {
  if (result !== 0) throw new SystemError('spawn', Math.abs(result), command);
}
