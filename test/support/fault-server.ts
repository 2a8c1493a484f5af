import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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

/** The certificate of `startSecureFaultServer`, which signs itself, as a PEM file: for 127.0.0.1 and no other name. */
export const CERTIFICATE_FILE: string = join(import.meta.dirname, 'https', 'certificate.pem');

/** Starts the same for https. */
export function startSecureFaultServer(): Promise<FaultServer> {
  const key = readFileSync(join(import.meta.dirname, 'https', 'key.pem'), 'utf8');
  const cert = readFileSync(CERTIFICATE_FILE, 'utf8');
  return startInThread('./fault-server-thread.mjs', { key, cert });
}

/** Starts a server that answers nobody and accepts hardly any connection. */
export function startDeafServer(): Promise<FaultServer> {
  return startInThread('./deaf-server-thread.mjs');
}

async function startInThread(
  file: string,
  secure?: { key: string; cert: string },
): Promise<FaultServer> {
  const worker = new Worker(new URL(file, import.meta.url), { workerData: secure });
  const [port]: number[] = await once(worker, 'message');
  return {
    url: `${secure === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    close: async () => {
      await worker.terminate();
    },
  };
}
