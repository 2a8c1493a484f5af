// The status of the backend is taken for what the guest should get.
import { createServer, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

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

async function slowRun(backendUrl: string, response: ServerResponse): Promise<void> {
  try {
    const answer = await fetch(backendUrl);
    send(response, answer.status, await answer.json());
  } catch (error) {
    send(response, 502, { error: String(error) });
  }
}

function send(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}
