import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const GUARD = fileURLToPath(new URL('./guard.mjs', import.meta.url));
const READY_MS = 10_000;

/** A server program that runs beside the tests. */
export interface ForeignServer {
  /** Resolves with the first match of `pattern` in what it prints on standard output. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  /** Resolves once `port` of 127.0.0.1 accepts connections. */
  accepts(port: number): Promise<void>;
  /** Ends it and waits until it is gone. */
  stop(): Promise<void>;
}

/** Starts a server program, which ends with `stop()` or with this process, whichever comes first. */
export function startForeignServer(file: string, words: readonly string[]): ForeignServer {
  const child = fork(GUARD, [file, ...words], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: [],
  });
  const ended = once(child, 'exit');
  const output = collectOutput(child);
  const orFail = async <Value>(what: string, wait: Promise<Value | undefined>): Promise<Value> => {
    const late = once(AbortSignal.timeout(READY_MS), 'abort');
    const over = Promise.race([ended, late]).then(() => undefined);
    const value = await Promise.race([wait, over]);
    if (value === undefined) throw new Error(`${file} ${what}:\n${output.text()}`);
    return value;
  };
  return {
    printed: (pattern) => orFail(`did not print ${pattern.source}`, output.match(pattern)),
    accepts: async (port) => {
      await orFail(`does not listen on ${port}`, untilAccepted(port, child));
    },
    stop: async () => {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

/** A port of 127.0.0.1 that nothing listens on, for a server that cannot choose one itself. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address === 'object' && address !== null) return address.port;
  throw new Error('there is no free port');
}

async function untilAccepted(port: number, child: ChildProcess): Promise<true | undefined> {
  while (child.connected) {
    const socket = connect(port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      return true;
    } catch {
      // Refused: it does not listen yet.
    } finally {
      socket.destroy();
    }
  }
  return undefined;
}

function collectOutput(child: ChildProcess): {
  text: () => string;
  match: (pattern: RegExp) => Promise<RegExpExecArray>;
} {
  let printed = '';
  let complained = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complained += chunk.toString();
  });
  child.stdout?.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
    child.emit('printed');
  });
  const match = async (pattern: RegExp): Promise<RegExpExecArray> => {
    for (;;) {
      const found = pattern.exec(printed);
      if (found !== null) return found;
      await once(child, 'printed');
    }
  };
  return { text: () => `${printed}${complained}`, match };
}
