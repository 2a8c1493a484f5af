import type { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { everyTransport } from '../../test/support/every-transport.js';
import { type Manner, ReceivedAnswer } from '../../test/support/received-answer.js';
import { type Script, ScriptedServer } from '../../test/support/scripted-server.js';
import type { Transport } from './transport.js';

const OK = 'HTTP/1.1 200 OK\r\n';
const GIVEN_UP = new Error('given up');

describe.each(everyTransport)('$name', ({ scheme, open }) => {
  let transport: Transport;
  beforeEach(() => {
    transport = open();
  });
  afterEach(() => transport.close());

  const start = (script: Script): Promise<ScriptedServer> => ScriptedServer.start(script, scheme);
  const receive = (server: ScriptedServer, manner?: Manner): ReceivedAnswer =>
    new ReceivedAnswer(transport, `${server.url}/file`, manner);

  it('reads a short body that is not wanted for itself, and uses the connection again', async () => {
    await using server = await start((socket) => socket.write(`${OK}Content-Length: 2\r\n\r\nno`));
    for (let count = 0; count < 3; count++) {
      const answer = receive(server, { onHead: () => false });
      expect(await answer.whole()).toBe('');
      // The rest of the answer came with its header.
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(server.connections).toBeLessThanOrEqual(2);
  });

  it.each([
    ['a long body', 'Content-Length: 100000000\r\n\r\n'],
    ['a body without a length', 'Transfer-Encoding: chunked\r\n\r\n'],
    ['a body without an end', '\r\n'],
  ])('closes the connection of %s that is not wanted', async (_name, rest) => {
    await using server = await start((socket) => socket.write(OK + rest));
    const answer = receive(server, { onHead: () => false });
    expect(await answer.whole()).toBe('');
    await server.allClosed();
  });

  it.each([
    ['does not come', () => {}],
    ['is cut', (socket: Socket) => socket.end('a')],
  ])('takes an answer whose short body %s, not wanted, and closes', async (_name, go) => {
    await using server = await start((socket) => {
      socket.write('HTTP/1.1 404 Not Found\r\nContent-Length: 10\r\n\r\n', () => go(socket));
    });
    const { heads, exchange } = receive(server, { onHead: () => false });
    await exchange.ended;
    expect(heads).toMatchObject([{ status: 404 }]);
    await server.allClosed();
  });

  it('can be given up while it waits for a body that is not wanted', async () => {
    await using server = await start((socket) => socket.write(`${OK}Content-Length: 10\r\n\r\n`));
    const answer = receive(server, {
      onHead: () => {
        setImmediate(() => answer.exchange.abort(GIVEN_UP));
        return false;
      },
    });
    await expect(answer.exchange.ended).rejects.toBe(GIVEN_UP);
    await server.allClosed();
  });
});
