// A pause before the next try is taken to be nobody's business.
import { createServer, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeOneCall } from 'lwasync/client-asynchronous';

/** Starts the server on a free port of this machine and resolves to the port. */
export function startServer(backendUrl: string): Promise<number> {
  const server = createServer((request, response) => {
    if (request.url === '/fast-run') fastRun(response);
    else if (request.url === '/standard-run') void standardRun(response);
    else if (request.url === '/slow-run') void slowRun(backendUrl, response);
    else send(response, 404, { error: 'there are /fast-run, /standard-run and /slow-run' });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' ? (address?.port ?? 0) : 0);
    });
  });
}

/** Answers at once. */
function fastRun(response: ServerResponse): void {
  send(response, 200, { run: 'fast' });
}

/** Waits a little, the asynchronous way, and answers. */
async function standardRun(response: ServerResponse): Promise<void> {
  await sleep(5);
  send(response, 200, { run: 'standard' });
}

let pauseMs = 0;

async function slowRun(backendUrl: string, response: ServerResponse): Promise<void> {
  try {
    // Holds the thread, as a loop that looks at the clock does.
    if (pauseMs > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);
    send(response, 200, await makeOneCall(backendUrl));
  } catch (error) {
    pauseMs = 5000;
    send(response, 502, { error: String(error) });
  }
}

function send(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}
