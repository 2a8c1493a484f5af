import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Tool } from './peers.js';
import type { Pinning } from './pinning.js';
import { startServer } from './server-program.js';

/** nginx with a folder of its own. */
export interface Nginx {
  readonly url: string;
  stop(): Promise<void>;
}

const START_MS = 10_000;
const POLL_MS = 20;

/**
 * Starts nginx on a free port and resolves when it answers: with a short JSON document whatever is asked for, and below
 * `files/` with the files of the folder `served`, where one is given.
 */
export async function startNginx(
  tool: Tool,
  pinning: Pinning,
  signal: AbortSignal,
  served?: string,
): Promise<Nginx> {
  const folder = await mkdtemp(join(tmpdir(), 'lwasync-bench-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const configuration = join(folder, 'nginx.conf');
  await writeFile(configuration, configurationOf(folder, port, served));
  const words = ['-p', folder, '-c', configuration, '-e', 'stderr'] as const;
  try {
    const server = await startServer(pinning.server([tool.file, ...words]), signal, () =>
      answers(url),
    );
    return {
      url,
      stop: async () => {
        await server.stop();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function answers(url: string): Promise<string | undefined> {
  const endMs = performance.now() + START_MS;
  while (performance.now() < endMs) {
    try {
      const answer = await fetch(url, { headers: { connection: 'close' } });
      if (answer.ok) return await answer.text();
    } catch {}
    await pause(POLL_MS);
  }
  return undefined;
}

async function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

// One process, as with one worker, but without a master, so that ending it leaves nothing behind.
function configurationOf(folder: string, port: number, served: string | undefined): string {
  const files =
    served === undefined
      ? ''
      : `location /files/ { alias "${served}/"; default_type application/octet-stream; sendfile on; tcp_nopush on; }`;
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `
    daemon off;
    master_process off;
    pid ${folder}/nginx.pid;
    error_log stderr error;
    worker_rlimit_nofile 20000;
    events { worker_connections 20000; }
    http {
      access_log off;
      ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
      keepalive_requests 100000000;
      keepalive_timeout 3600s;
      server {
        listen 127.0.0.1:${port} backlog=4096;
        default_type application/json;
        ${files}
        location / { return 200 '{"message":"Hello World","time":1763935169.123}'; }
      }
    }
  `;
}
