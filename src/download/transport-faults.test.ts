import type { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { everyTransport } from '../../test/support/every-transport.js';
import { type Manner, ReceivedAnswer } from '../../test/support/received-answer.js';
import { type Script, ScriptedServer, sendMuch } from '../../test/support/scripted-server.js';
import { LibraryTransport } from './library-transport.js';
import { PlainTransport } from './plain-transport.js';
import type { Transport } from './transport.js';

const OK = 'HTTP/1.1 200 OK\r\n';
const COUNTED = `${OK}Content-Length: 100\r\n\r\n`;
const CHUNKED = `${OK}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n`;
const CUT = { code: 'CONNECTION', mayPass: true };
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

  it.each([
    ['before the header', ''],
    ['within the header', `${OK}Content-Le`],
    ['after an interim answer', 'HTTP/1.1 103 Early\r\n\r\n'],
    ['before the body', COUNTED],
    ['within the body', `${COUNTED}abcd`],
    ['within a chunk', `${CHUNKED}8\r\nabcd`],
    ['between two chunks', `${CHUNKED}4\r\nabcd\r\n`],
  ])('says that an answer was cut %s, and that it may pass', async (_name, sent) => {
    await using server = await start((socket) => socket.end(sent));
    await expect(receive(server).exchange.ended).rejects.toMatchObject(CUT);
    expect(server.connections).toBe(1);
  });

  // Over TLS a server can only end its connection, which is another row.
  const resets = [
    ['at once', ''],
    ['within the body', `${COUNTED}abcd`],
    ['within a body that the end of the connection ends', `${OK}\r\nabcd`],
    ['within a chunk', `${CHUNKED}8\r\nabcd`],
  ] as const;
  it.each(scheme === 'http' ? resets : [])('takes no reset for an end: %s', async (_name, sent) => {
    const sockets: Socket[] = [];
    await using server = await start((socket) => {
      sockets.push(socket);
      if (sent === '') socket.resetAndDestroy();
      else socket.write(sent);
    });
    const answer = receive(server, {
      onBody: () => {
        for (const socket of sockets) socket.resetAndDestroy();
        return true;
      },
    });
    await expect(answer.exchange.ended).rejects.toMatchObject(CUT);
  });

  it.each([
    ['something else', 'this is not HTTP at all\r\n\r\n'],
    ['a version of its own', 'HTTP/7.0 200 OK\r\n\r\n'],
    ['a bad chunk', `${OK}Transfer-Encoding: chunked\r\n\r\nxyz\r\n`],
    ['a header without end', `${OK}x: ${'x'.repeat(100_000)}\r\n`],
    ['a body encoded on its way', `${OK}Transfer-Encoding: gzip\r\n\r\nabc`],
    ['a body encoded before it is cut in chunks', `${OK}Transfer-Encoding: gzip, chunked\r\n\r\n`],
  ])('says that the answer is not proper HTTP: %s', async (_name, sent) => {
    await using server = await start((socket) => socket.write(sent));
    await expect(receive(server).exchange.ended).rejects.toMatchObject({
      code: 'BAD_ANSWER',
      mayPass: false,
      message: expect.stringMatching(/^the answer is not proper HTTP \(.+\)$/),
    });
    await server.allClosed();
  });

  // The library takes some of these for a connection that was closed.
  it.each([
    ['two lengths', 'Content-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    ['a length and chunks', 'Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
  ])('refuses an answer with %s', async (_name, rest) => {
    await using server = await start((socket) => socket.write(OK + rest));
    const code = expect.stringMatching(/^(BAD_ANSWER|CONNECTION)$/);
    await expect(receive(server).exchange.ended).rejects.toMatchObject({ code });
    await server.allClosed();
  });

  it('says where nothing listens, and that it may pass', async () => {
    const server = await start(() => {});
    await server[Symbol.asyncDispose]();
    const { exchange } = receive(server);
    const message = `connection refused; nothing listens on ${new URL(server.url).host}`;
    await expect(exchange.ended).rejects.toMatchObject({ ...CUT, message });
  });

  it('says which name has no address', async () => {
    const { exchange } = new ReceivedAnswer(transport, `${scheme}://nowhere.invalid/`);
    await expect(exchange.ended).rejects.toMatchObject({
      code: 'NAME_NOT_RESOLVED',
      message: 'the name nowhere.invalid could not be resolved to an address',
    });
  });

  it('can be given up while it connects', async () => {
    await using server = await start((socket) => socket.write(COUNTED));
    const answer = receive(server);
    answer.exchange.abort(GIVEN_UP);
    answer.exchange.abort(new Error('too late'));
    await expect(answer.exchange.ended).rejects.toBe(GIVEN_UP);
    await server.allClosed();
    expect(answer.heads).toEqual([]);
  });

  it.each([
    ['the header', `${OK}Content-Le`],
    ['an interim answer', 'HTTP/1.1 103 Early\r\n\r\n'],
  ])('can be given up after %s', async (_name, sent) => {
    let answer: ReceivedAnswer | undefined;
    await using server = await start((socket) => {
      socket.write(sent, () => answer?.exchange.abort(GIVEN_UP));
    });
    answer = receive(server);
    await expect(answer.exchange.ended).rejects.toBe(GIVEN_UP);
    await server.allClosed();
    expect(answer.heads).toEqual([]);
  });

  it.each([false, true])('can be given up within the body, paused: %s', async (isPaused) => {
    await using server = await start((socket) => sendMuch(socket, 50_000_000));
    const answer = receive(server, {
      onBody: ({ exchange }) => {
        if (isPaused) setImmediate(() => exchange.abort(GIVEN_UP));
        else exchange.abort(GIVEN_UP);
        return !isPaused;
      },
    });
    await expect(answer.exchange.ended).rejects.toBe(GIVEN_UP);
    const { length } = answer;
    answer.exchange.resume();
    await server.allClosed();
    expect(answer.length).toBe(length);
  });

  it('can be given up when the header is handed over', async () => {
    await using server = await start((socket) => socket.write(`${COUNTED}abcd`));
    const answer: ReceivedAnswer = receive(server, {
      onHead: () => {
        answer.exchange.abort(GIVEN_UP);
        return true;
      },
    });
    await expect(answer.exchange.ended).rejects.toBe(GIVEN_UP);
    await server.allClosed();
    expect(answer.length).toBe(0);
  });

  it.each(['onHead', 'onBody'])('ends with what a receiver throws in %s', async (name) => {
    await using server = await start((socket) => sendMuch(socket, 5_000_000));
    const answer = receive(server, {
      [name]: () => {
        throw GIVEN_UP;
      },
    });
    await expect(answer.exchange.ended).rejects.toBe(GIVEN_UP);
    await server.allClosed();
    expect(answer.heads.length).toBe(1);
  });

  it('keeps a connection for the next request', async () => {
    await using server = await start((socket, { method }) => {
      socket.write(method === 'HEAD' ? COUNTED : `${OK}Content-Length: 2\r\n\r\nok`);
    });
    for (let count = 0; count < 3; count++) {
      expect(await receive(server).whole()).toBe('ok');
    }
    expect(server.connections).toBe(1);
  });

  it.each([
    ['that the server closes', `${OK}Connection: close\r\nContent-Length: 2\r\n\r\nok`],
    [
      'that says more than was asked',
      `${OK}Content-Length: 2\r\n\r\nok${OK}Content-Length: 3\r\n\r\nbad`,
    ],
  ])('uses no connection again %s', async (_name, sent) => {
    await using server = await start((socket) => socket.write(sent));
    expect(await receive(server).whole()).toBe('ok');
    expect(await receive(server).whole()).toBe('ok');
    expect(server.connections).toBe(2);
  });

  it('sends a request again when an idle connection turns out closed, once', async () => {
    await using server = await start((socket, { connection }) => {
      if (server.requests.length === 1) socket.write(`${OK}Content-Length: 2\r\n\r\nok`);
      else if (connection === 1) socket.destroy();
      else if (server.requests.length === 3) socket.write(`${OK}Content-Length: 2\r\n\r\nre`);
      else socket.destroy();
    });
    expect(await receive(server).whole()).toBe('ok');
    expect(await receive(server).whole()).toBe('re');
    expect(server.requests.length).toBe(3);
    await expect(receive(server).exchange.ended).rejects.toMatchObject(CUT);
    expect(server.requests.length).toBe(5);
  });

  it('does not send a request again when its answer had begun', async () => {
    await using server = await start((socket) => {
      if (server.requests.length === 1) socket.write(`${OK}Content-Length: 2\r\n\r\nok`);
      else socket.end(COUNTED);
    });
    expect(await receive(server).whole()).toBe('ok');
    await expect(receive(server).exchange.ended).rejects.toMatchObject(CUT);
    expect(server.requests.length).toBe(2);
  });

  it('closes with exchanges under way, and sends nothing afterwards', async () => {
    await using server = await start((socket, { target }) => {
      if (target === '/idle') socket.write(`${OK}Content-Length: 0\r\n\r\n`);
      else socket.write(`${COUNTED}abcd`);
    });
    await new ReceivedAnswer(transport, `${server.url}/idle`).whole();
    const answers = [receive(server), receive(server)];
    await Promise.all(answers.map((answer) => answer.nextPiece()));
    const unconnected = receive(server);
    await transport.close();
    for (const { exchange } of [...answers, unconnected, receive(server)]) {
      await expect(exchange.ended).rejects.toMatchObject({ code: 'STOPPED', mayPass: false });
    }
    await server.allClosed();
  });
});

describe('a request to', () => {
  it.each([PlainTransport, LibraryTransport])('an IPv6 host (%o)', async (Way) => {
    const transport = new Way(undefined);
    const answer = (socket: Socket): boolean => socket.write(`${OK}Content-Length: 2\r\n\r\nok`);
    await using server = await ScriptedServer.start(answer, 'http', '::1');
    expect(await new ReceivedAnswer(transport, server.url).whole()).toBe('ok');
    expect(server.requests[0]?.text.toLowerCase()).toContain(`host: ${server.url.slice(7)}\r\n`);
    await transport.close();
  });

  it('a name with several addresses, of which one answers', async () => {
    const transport = new PlainTransport();
    const answer = (socket: Socket): boolean => socket.write(`${OK}Content-Length: 2\r\n\r\nok`);
    await using server = await ScriptedServer.start(answer);
    const url = server.url.replace('127.0.0.1', 'localhost');
    expect(await new ReceivedAnswer(transport, url).whole()).toBe('ok');
    await transport.close();
  });

  it('an https server that is not trusted says what helps', async () => {
    const transport = new LibraryTransport(undefined);
    await using server = await ScriptedServer.start((socket) => socket.end(), 'https');
    const { exchange } = new ReceivedAnswer(transport, server.url);
    await expect(exchange.ended).rejects.toMatchObject({
      code: 'TLS',
      mayPass: false,
      message: expect.stringContaining('--ca FILE'),
    });
    await transport.close();
  });
});
