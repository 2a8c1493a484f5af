// The process that a practice server runs in. The server has a thread of its own here too, so that this one always hears
// that the parent has gone, also while `/slow-run` blocks the server.
import { failureReport, type ServerCommand, type ServerReport } from './server-messages.js';
import { startPracticeServer } from './start-server.js';
import type { PracticeServer } from './supervised-server.js';

let server: PracticeServer | undefined;

async function obey(command: ServerCommand): Promise<ServerReport> {
  if (command.kind === 'close') {
    await server?.close();
    return { kind: 'closed' };
  }
  server = await startPracticeServer(command.settings);
  server.closed.catch((error: unknown) => {
    process.send?.(failureReport(error), undefined, undefined, () => process.exit(1));
  });
  const { url, host, port, warnings } = server;
  return { kind: 'listening', listening: { url, host, port, warnings } };
}

// Ctrl-C reaches every process of the terminal; when to close is for the parent to say.
process.on('SIGINT', () => {});
process.once('disconnect', () => process.exit());
process.on('message', (command: ServerCommand) => {
  void obey(command)
    .catch(failureReport)
    .then((report) => process.send?.(report));
});
