import { createServer, type IncomingHttpHeaders } from 'node:http';

const BYTES = 'application/octet-stream';

/** A call that came to a watched server. */
export interface WaitingCall {
  /** Its place among all calls, from 0. */
  readonly index: number;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Whether it is neither answered nor given up. */
  readonly isWaiting: boolean;
  /** Whether whoever made it hung up before it was answered. */
  readonly isGivenUp: boolean;
  /** Answers it with JSON, 200 unless told. */
  answer(value: unknown, status?: number): void;
  /** Answers it with bytes. */
  answerBytes(bytes: Uint8Array): void;
  /** Answers it with the head of an answer of bytes, and returns what sends those; until then it waits. */
  answerHeadOf(bytes: Uint8Array): () => void;
}

/** A server in the checking process that answers only when told, and counts. */
export interface WatchedServer {
  readonly url: string;
  /** Calls that have come. */
  readonly calls: readonly WaitingCall[];
  /** Calls that have come and are neither answered nor given up, in the order in which they came. */
  readonly waiting: readonly WaitingCall[];
  /** The most that waited at once. */
  readonly mostAtOnce: number;
  /** Resolves when so many calls have come, those that are answered included. */
  untilCalls(number: number): Promise<void>;
  close(): Promise<void>;
}

/** Starts it on a free port of this machine; `onCall` is told of each call. */
export async function startWatchedServer(
  onCall: (call: WaitingCall) => void,
): Promise<WatchedServer> {
  const calls: WaitingCall[] = [];
  const waiters = new Set<{ readonly number: number; readonly resolve: () => void }>();
  const tellWaiters = (): void => {
    for (const waiter of waiters) {
      if (calls.length < waiter.number) continue;
      waiters.delete(waiter);
      waiter.resolve();
    }
  };
  const waitingCalls = (): WaitingCall[] => calls.filter((call) => call.isWaiting);
  let mostAtOnce = 0;
  const server = createServer((request, response) => {
    let isAnswered = false;
    let isGivenUp = false;
    response.on('close', () => {
      isGivenUp = !isAnswered;
    });
    const begin = (status: number, type: string, bytes: Uint8Array | string): (() => void) => {
      if (response.headersSent || isGivenUp) return () => {};
      response.writeHead(status, {
        'content-type': type,
        'content-length': Buffer.byteLength(bytes),
      });
      return () => {
        if (isAnswered || isGivenUp) return;
        isAnswered = true;
        response.end(bytes);
      };
    };
    const call: WaitingCall = {
      index: calls.length,
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      headers: request.headers,
      get isWaiting() {
        return !isAnswered && !isGivenUp;
      },
      get isGivenUp() {
        return isGivenUp;
      },
      answer: (value, status = 200) => begin(status, 'application/json', JSON.stringify(value))(),
      answerBytes: (bytes) => begin(200, BYTES, bytes)(),
      answerHeadOf: (bytes) => {
        const sendBytes = begin(200, BYTES, bytes);
        response.flushHeaders();
        return sendBytes;
      },
    };
    request.resume();
    calls.push(call);
    mostAtOnce = Math.max(mostAtOnce, waitingCalls().length);
    onCall(call);
    tellWaiters();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    get waiting() {
      return waitingCalls();
    },
    get mostAtOnce() {
      return mostAtOnce;
    },
    untilCalls: (number) =>
      new Promise((resolve) => {
        waiters.add({ number, resolve });
        tellWaiters();
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
