import { createServer, type ServerResponse } from 'node:http';

/** A call that waits for its answer. */
export interface WaitingCall {
  /** Its place among all calls, from 0. */
  readonly index: number;
  readonly path: string;
  /** Answers it with JSON. */
  answer(value: unknown): void;
}

/** A server in the checking process that answers only when told, and counts. */
export interface WatchedServer {
  readonly url: string;
  /** Calls that have come. */
  readonly calls: number;
  /** Calls that have come and are not answered. */
  readonly waiting: readonly WaitingCall[];
  /** The most that waited at once. */
  readonly mostAtOnce: number;
  close(): Promise<void>;
}

/** Starts it on a free port of this machine; `onCall` is told of each call. */
export async function startWatchedServer(
  onCall: (call: WaitingCall) => void,
): Promise<WatchedServer> {
  const waiting = new Map<number, WaitingCall>();
  let calls = 0;
  let mostAtOnce = 0;
  const server = createServer((request, response) => {
    const index = calls;
    calls += 1;
    const call: WaitingCall = {
      index,
      path: request.url ?? '/',
      answer: (value) => {
        waiting.delete(index);
        send(response, value);
      },
    };
    waiting.set(index, call);
    mostAtOnce = Math.max(mostAtOnce, waiting.size);
    response.on('close', () => waiting.delete(index));
    onCall(call);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    get calls() {
      return calls;
    },
    get waiting() {
      return [...waiting.values()];
    },
    get mostAtOnce() {
      return mostAtOnce;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, value: unknown): void {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(value));
}
