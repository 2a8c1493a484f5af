import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that answers at once and counts. */
export interface CountingServer {
  readonly url: string;
  /** Calls that arrived so far. */
  calls(): number;
  close(): Promise<void>;
}

/** Starts it in this thread, on a free port of this machine. */
export async function startCountingServer(): Promise<CountingServer> {
  let calls = 0;
  const server = createServer((_request, answer) => {
    calls += 1;
    answer.setHeader('content-type', 'application/json').end(JSON.stringify({ calls }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${portOf(server.address())}/`,
    calls: () => calls,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}
