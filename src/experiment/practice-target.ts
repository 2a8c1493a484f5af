import { makeOneCall } from '../clients/asynchronous.js';
import { DEFAULT_PORT, startPracticeServerProcess } from '../server/index.js';

/** The practice server that a command without a URL talks to. */
export interface PracticeTarget {
  /** Its address, without a path. */
  readonly url: string;
  /** Whether it was started for this command, in a process of its own. */
  readonly started: boolean;
  /** Sentences about limits of the server that was started. */
  readonly warnings: readonly string[];
  /** Ends it at once, if it was started here. */
  close(): Promise<void>;
}

/**
 * The practice server on its usual port, if that is what answers there; otherwise one of our own on a free port, in a
 * process of its own so that it does not share a thread or a heap with the calls.
 *
 * @throws {UnavailableError} when none answers and none could be started.
 */
export async function findPracticeServer(): Promise<PracticeTarget> {
  const usual = `http://127.0.0.1:${DEFAULT_PORT}`;
  if (await isPracticeServer(usual)) {
    return { url: usual, started: false, warnings: [], close: async () => {} };
  }
  const server = await startPracticeServerProcess({ port: 0 });
  return {
    url: server.url,
    started: true,
    warnings: server.warnings,
    close: () => server.close(0),
  };
}

async function isPracticeServer(url: string): Promise<boolean> {
  try {
    const health = await makeOneCall(`${url}/health`, { timeoutMs: 1000 });
    return (
      typeof health === 'object' && health !== null && Reflect.get(health, 'server') === 'lwasync'
    );
  } catch {
    return false;
  }
}
