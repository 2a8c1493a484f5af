// The thread that the practice server runs in.
import type { AddressInfo } from 'node:net';
import { parentPort } from 'node:worker_threads';
import type { FastifyInstance } from 'fastify';
import { openFilesLimit } from '../core/open-files-limit.js';
import { buildApp, closeApp } from './app.js';
import { listenError } from './listen-error.js';
import { openFilesWarning } from './open-files-warning.js';
import type { PracticeServerSettings } from './practice-server-options.js';
import { failureReport, type ServerCommand, type ServerReport } from './server-messages.js';

// The kernel lowers it to what it allows (somaxconn); Node's own default of 511 is too low for thousands at once.
const BACKLOG = 16_384;

let app: FastifyInstance | undefined;

async function obey(command: ServerCommand): Promise<ServerReport> {
  if (command.kind === 'start') return start(command.settings);
  if (app !== undefined) await closeApp(app);
  return { kind: 'closed' };
}

async function start(settings: PracticeServerSettings): Promise<ServerReport> {
  const { host } = settings;
  app = await buildApp(settings);
  try {
    await app.listen({ host, port: settings.port, backlog: BACKLOG });
  } catch (error) {
    throw listenError(error, host, settings.port);
  }
  const port = portOf(app.server.address());
  const warning = openFilesWarning(openFilesLimit());
  const warnings = warning === undefined ? [] : [warning];
  return { kind: 'listening', listening: { url: urlOf(host, port), host, port, warnings } };
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}

// The addresses that mean "every network" can be listened on but not be called.
function urlOf(host: string, port: number): string {
  if (host === '0.0.0.0') return `http://127.0.0.1:${port}`;
  if (host === '::') return `http://[::1]:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

parentPort?.on('message', (command: ServerCommand) => {
  void obey(command)
    .catch(failureReport)
    .then((report) => parentPort?.postMessage(report));
});
