import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { messageOf } from '../core/errors.js';
import { resolveOptions, type PracticeServerOptions } from './practice-server-options.js';
import type { ServerReport } from './server-messages.js';
import { superviseServer, type Host, type PracticeServer } from './supervised-server.js';

/**
 * Starts a practice server in a process of its own and resolves when it listens, so that what is measured of the calling
 * process (its CPU time, its memory, its open connections) is that of the clients alone. The process ends when the
 * calling one does, however that ends, and prints nothing; Ctrl-C does not end it.
 *
 * @throws {UsageError} when an option cannot be used, or the port is taken, or the host is not of this machine.
 * @throws {UnavailableError} when the process does not start within 15 s.
 */
export async function startPracticeServerProcess(
  options: PracticeServerOptions = {},
): Promise<PracticeServer> {
  const settings = resolveOptions(options);
  const child = fork(fileURLToPath(new URL('./server-process.js', import.meta.url)), [], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    // The dials may be infinite, which JSON cannot say.
    serialization: 'advanced',
    execArgv: [],
  });
  return superviseServer(processHost(child), settings);
}

function processHost(child: ChildProcess): Host {
  return {
    send: (command) => {
      // A process that has ended says so in `ended`; the error of the channel adds nothing.
      child.send(command, () => {});
    },
    onReport: (listener) => child.on('message', (report: ServerReport) => listener(report)),
    ended: new Promise((resolve) => {
      child.on('error', (error) => resolve(messageOf(error)));
      child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
    }),
    kill: () => child.kill('SIGKILL'),
  };
}
