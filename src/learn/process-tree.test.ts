import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { endProcessTree } from './process-tree.js';

// Each calls the server when it is there: the leader; an orphan of its group; a child in a group of its own, and a child of that.
const PROGRAM = `
const { spawn } = require('node:child_process');
const [, , role, port, parent] = process.argv;
const start = (name, detached) =>
  spawn(process.execPath, [__filename, name, port, process.pid], { detached, stdio: 'ignore' });
const call = () => require('node:net').connect(port, '127.0.0.1');
const parts = {
  leader: () => [start('passes-on', false), start('outside', true), call()],
  'passes-on': () => start('orphan', false).unref(),
  orphan: () => (String(process.ppid) === parent ? setTimeout(parts.orphan, 5) : call()),
  outside: () => [start('further', true), call()],
  further: call,
};
parts[role]();
`;

let folder: string;
let server: Server;
const there: Socket[] = [];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lwasync-tree-'));
  server = createServer((socket) => there.push(socket.on('error', () => {})));
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterEach(() => {
  // Whoever is left ends by it.
  for (const socket of there) socket.destroy();
  server.close();
  rmSync(folder, { recursive: true });
});

it.skipIf(process.platform !== 'linux')(
  'a process ends with its orphans and with all that left its group',
  async () => {
    const file = join(folder, 'tree.cjs');
    writeFileSync(file, PROGRAM);
    const { port } = server.address() as AddressInfo;
    const leader = spawn(process.execPath, [file, 'leader', String(port)], {
      detached: true,
      stdio: 'ignore',
    });
    while (there.length < 4) await once(server, 'connection');
    const gone = there.map((socket) => once(socket.resume(), 'close'));
    expect(leader.pid).toBeDefined();
    endProcessTree(leader.pid ?? 0);
    await Promise.all(gone);
  },
);
