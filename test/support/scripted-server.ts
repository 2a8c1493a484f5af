import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { createServer as createSecureServer } from 'node:tls';
import { CERTIFICATE_FILE } from './fault-server.js';

/** A request as it came. */
export interface ScriptedRequest {
  readonly method: string;
  readonly target: string;
  /** All of its header, as text. */
  readonly text: string;
  /** Which connection it came on, from 1. */
  readonly connection: number;
}

/** Answers a request, rightly or wrongly. */
export type Script = (socket: Socket, request: ScriptedRequest) => void;

/** A server of raw TCP, or of TLS, that does what a test says. */
export class ScriptedServer implements AsyncDisposable {
  readonly requests: ScriptedRequest[] = [];
  connections = 0;
  readonly url: string;
  readonly #open = new Set<Socket>();
  readonly #server: ReturnType<typeof createServer>;

  private constructor(server: ReturnType<typeof createServer>, scheme: string, host: string) {
    this.#server = server;
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    this.url = `${scheme}://${host}:${port}`;
  }

  static async start(
    script: Script,
    scheme: 'http' | 'https' = 'http',
    host = '127.0.0.1',
  ): Promise<ScriptedServer> {
    let started: ScriptedServer | undefined;
    const serve = (socket: Socket): void => started?.serve(socket, script);
    const server = scheme === 'http' ? createServer(serve) : createSecureServer(secrets(), serve);
    server.listen(0, host);
    await once(server, 'listening');
    started = new ScriptedServer(server, scheme, host.includes(':') ? `[${host}]` : host);
    return started;
  }

  /** Answers what comes on a connection by a script. */
  serve(socket: Socket, script: Script): void {
    socket.setNoDelay(true);
    const connection = ++this.connections;
    this.#open.add(socket);
    socket.on('close', () => this.#open.delete(socket));
    socket.on('error', () => {});
    let text = '';
    socket.on('data', (data) => {
      text += data.toString('latin1');
      for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
        const [method = '', target = ''] = text.split(' ', 2);
        const request = { method, target, text: text.slice(0, end + 4), connection };
        text = text.slice(end + 4);
        this.requests.push(request);
        script(socket, request);
      }
    });
  }

  /** Resolves when no connection is open. */
  async allClosed(): Promise<void> {
    const closed = (socket: Socket): Promise<void> =>
      new Promise((resolve) => socket.once('close', () => resolve()));
    await Promise.all([...this.#open].map((socket) => closed(socket)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#open) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

function secrets(): { key: string; cert: string } {
  const key = readFileSync(join(import.meta.dirname, 'https', 'key.pem'), 'utf8');
  return { key, cert: readFileSync(CERTIFICATE_FILE, 'utf8') };
}

/** Sends an answer with a body of that many bytes, all alike, as fast as it is taken. */
export function sendMuch(socket: Socket, bytes: number): void {
  socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${bytes}\r\n\r\n`);
  const chunk = Buffer.alloc(65_536, 'm');
  let left = bytes;
  const more = (): void => {
    while (left > 0 && socket.writable) {
      const size = Math.min(left, chunk.length);
      left -= size;
      if (!socket.write(chunk.subarray(0, size))) return;
    }
  };
  socket.on('drain', more);
  more();
}
