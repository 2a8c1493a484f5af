// One thread is taken to mean one guest at a time: the server waits for the end of one before it looks at the next.
import { createServer, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeOneCall } from 'lwasync/client-asynchronous';

/** Starts the server on a free port of this machine and resolves to the port. */
export function startServer(backendUrl: string): Promise<number> {
  let last: Promise<void> = Promise.resolve();
  const server = createServer((request, response) => {
    last = last.then(async () => {
      if (request.url === '/fast-run') fastRun(response);
      else if (request.url === '/standard-run') await standardRun(response);
      else if (request.url === '/slow-run') await slowRun(backendUrl, response);
      else send(response, 404, { error: 'there are /fast-run, /standard-run and /slow-run' });
    });
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

async function slowRun(backendUrl: string, response: ServerResponse): Promise<void> {
  try {
    send(response, 200, await makeOneCall(backendUrl));
  } catch (error) {
    send(response, 502, { error: String(error) });
  }
}

function send(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}
