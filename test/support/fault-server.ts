import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** A server that answers as its path says, rightly or wrongly; see `fault-server-thread.mjs` for the paths. */
export interface FaultServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts it on a free port, in a thread of its own so that a blocked test can still be answered. */
export function startFaultServer(): Promise<FaultServer> {
  return startInThread('./fault-server-thread.mjs');
}

/** Starts a server that answers nobody and accepts hardly any connection. */
export function startDeafServer(): Promise<FaultServer> {
  return startInThread('./deaf-server-thread.mjs');
}

async function startInThread(file: string): Promise<FaultServer> {
  const worker = new Worker(new URL(file, import.meta.url));
  const [port]: number[] = await once(worker, 'message');
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      await worker.terminate();
    },
  };
}
