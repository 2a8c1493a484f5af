import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startForeignServer } from './foreign-server.js';
import { toolPath } from './tools.js';

/** nginx on a free port, with a folder of its own for everything it reads and writes. */
export interface Nginx {
  readonly port: number;
  stop(): Promise<void>;
}

/** What nginx is started with. */
export interface NginxSettings {
  /** Files below its root: name and content. */
  readonly files: Readonly<Record<string, string>>;
  /** Parameters of its `listen` directive beside the address, like `ssl`. */
  readonly listen?: string;
  /** Directives outside any server, in the `http` block. */
  readonly http?: string;
  /** Directives of the one server. */
  readonly server: (folder: string) => string;
}

/** Starts nginx and resolves when it accepts connections. */
export async function startNginx(settings: NginxSettings): Promise<Nginx> {
  const folder = await mkdtemp(join(tmpdir(), 'lwasync-nginx-'));
  const port = await freePort();
  await Promise.all(
    Object.entries(settings.files).map(([name, text]) => writeFile(join(folder, name), text)),
  );
  const configuration = join(folder, 'nginx.conf');
  await writeFile(configuration, configurationOf(settings, folder, port));
  const words = ['-p', folder, '-c', configuration, '-e', join(folder, 'error.log')];
  const server = startForeignServer(toolPath('nginx'), words);
  const stop = async (): Promise<void> => {
    await server.stop();
    await rm(folder, { recursive: true });
  };
  try {
    await server.accepts(port);
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, stop };
}

// One process in the foreground, so that ending it leaves no worker behind and no user has to be changed.
function configurationOf(settings: NginxSettings, folder: string, port: number): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `
    daemon off;
    master_process off;
    pid ${folder}/nginx.pid;
    error_log ${folder}/error.log;
    events { worker_connections 512; }
    http {
      access_log off;
      types { application/json json; text/html html; }
      default_type application/json;
      ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
      ${settings.http ?? ''}
      server {
        listen 127.0.0.1:${port} ${settings.listen ?? ''};
        root ${folder};
        ${settings.server(folder)}
      }
    }
  `;
}
