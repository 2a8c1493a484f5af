import { createServer, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

/** Starts the server on a free port of this machine and resolves to the port. */
export function startServer(backendUrl: string): Promise<number> {
  const server = createServer((request, response) => {
    if (request.url === '/fast-run') fastRun(response);
    else if (request.url === '/standard-run') void standardRun(response);
    else if (request.url === '/slow-run') slowRun(backendUrl, response);
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

// It may block as long as it likes: it is not the thread of the guests.
const ASK = `
  const { parentPort, workerData } = require('node:worker_threads');
  fetch(workerData).then(async (answer) => {
    if (!answer.ok) throw new Error('the backend answered with ' + answer.status);
    parentPort.postMessage(await answer.json());
  });
`;

function slowRun(backendUrl: string, response: ServerResponse): void {
  const thread = new Worker(ASK, { eval: true, workerData: backendUrl });
  thread.on('message', (answer) => send(response, 200, answer));
  thread.on('error', (error) => send(response, 502, { error: error.message }));
}

function send(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}
