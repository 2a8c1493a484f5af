import { Worker } from 'node:worker_threads';
import { messageOf } from '../core/errors.js';
import { resolveOptions, type PracticeServerOptions } from './practice-server-options.js';
import { superviseServer, type Host, type PracticeServer } from './supervised-server.js';

const YOUNG_GENERATION_MB = 128;

/**
 * Starts a practice server in a thread of its own and resolves when it listens; the calling thread stays free, also
 * while `/slow-run` blocks the server. The process stays alive until `close()`.
 *
 * @throws {UsageError} when an option cannot be used, or the port is taken, or the host is not of this machine.
 * @throws {UnavailableError} when the thread does not start.
 */
export async function startPracticeServer(
  options: PracticeServerOptions = {},
): Promise<PracticeServer> {
  const settings = resolveOptions(options);
  const worker = new Worker(new URL('./server-thread.js', import.meta.url), {
    name: 'lwasync practice server',
    execArgv: [],
    // With 10,000 calls in flight everything survives a small young generation and is copied for nothing.
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
  });
  return superviseServer(threadHost(worker), settings);
}

function threadHost(worker: Worker): Host {
  return {
    send: (command) => worker.postMessage(command),
    onReport: (listener) => worker.on('message', listener),
    ended: new Promise((resolve) => {
      // An error that nothing caught ends a thread, and is told before the end is.
      worker.on('error', (error) => resolve(messageOf(error)));
      worker.once('exit', (code) => resolve(`exit code ${code}`));
    }),
    kill: () => void worker.terminate(),
  };
}
