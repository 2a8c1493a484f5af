import { request } from 'node:http';
import { createServer } from 'node:net';

/** What Node's own client made of an answer. */
export type NodeOutcome =
  { readonly status: number; readonly body: string } | { readonly code: string };

/** Node's client beside a server that sends whatever it is told to. */
export interface NodeClient {
  /** Lets Node's client read an answer, in latin1, after which the connection ends. */
  read(answer: string, method?: string): Promise<NodeOutcome>;
  close(): Promise<void>;
}

/** Starts that server on a free port of 127.0.0.1. */
export async function startNodeClient(): Promise<NodeClient> {
  let answer = '';
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end(answer, 'latin1'));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('expected a port');
  const { port } = address;
  return {
    read: (bytes, method = 'GET') => {
      answer = bytes;
      return call(port, method);
    },
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}

function call(port: number, method: string): Promise<NodeOutcome> {
  return new Promise((resolve) => {
    const fail = (error: NodeJS.ErrnoException): void =>
      resolve({ code: error.code ?? error.message });
    const sent = request({ host: '127.0.0.1', port, method, agent: false });
    sent.on('error', fail);
    // Whatever is refused without an error, like a change of protocol, ends here; after an answer it changes nothing.
    sent.on('close', () => resolve({ code: 'CLOSED' }));
    sent.on('response', (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('error', fail);
      response.on('end', () => {
        const body = Buffer.concat(pieces).toString('latin1');
        resolve({ status: response.statusCode ?? 0, body });
      });
    });
    sent.end();
  });
}
