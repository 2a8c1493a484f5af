import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { everyTransport } from '../../test/support/every-transport.js';
import { type Manner, ReceivedAnswer } from '../../test/support/received-answer.js';
import { type Script, ScriptedServer, sendMuch } from '../../test/support/scripted-server.js';
import type { Transport } from './transport.js';

const OK = 'HTTP/1.1 200 OK\r\n';
const CHUNKED = `${OK}Transfer-Encoding: chunked\r\n\r\n`;

describe.each(everyTransport)('$name', ({ scheme, open }) => {
  let transport: Transport;
  beforeEach(() => {
    transport = open();
  });
  afterEach(() => transport.close());

  const start = (script: Script): Promise<ScriptedServer> => ScriptedServer.start(script, scheme);
  const receive = (server: ScriptedServer, manner?: Manner): ReceivedAnswer =>
    new ReceivedAnswer(transport, `${server.url}/file?version=1`, manner);

  it('hands over the header with what a download looks at, and then the body', async () => {
    const lines =
      'ETag: "v1"\r\nLast-Modified: Mon, 01 Jan 2024 00:00:00 GMT\r\n' +
      'Date: Tue, 02 Jan 2024 00:00:00 GMT\r\nContent-Range: bytes 0-3/9\r\nContent-Encoding: gzip\r\n' +
      'Repr-Digest: sha-256=:AAA=:\r\nrepr-digest: sha-512=:BBB=:\r\nLocation: /x\r\nRetry-After: 7\r\n';
    await using server = await start((socket) =>
      socket.write(`HTTP/1.1 206 Partial Content\r\n${lines}Content-Length: 4\r\n\r\nabcd`),
    );
    const answer = receive(server);
    expect(await answer.whole()).toBe('abcd');
    expect(answer.heads).toEqual([
      {
        status: 206,
        contentLength: 4,
        endsWithConnection: false,
        etag: '"v1"',
        lastModified: 'Mon, 01 Jan 2024 00:00:00 GMT',
        date: 'Tue, 02 Jan 2024 00:00:00 GMT',
        contentRange: 'bytes 0-3/9',
        contentEncoding: 'gzip',
        reprDigest: 'sha-256=:AAA=:, sha-512=:BBB=:',
        location: '/x',
        retryAfter: '7',
      },
    ]);
  });

  it('sends the request as it was asked for', async () => {
    await using server = await start((socket) => socket.write(`${OK}Content-Length: 0\r\n\r\n`));
    await receive(server, { headers: { range: 'bytes=4-', 'if-range': '"v1"' } }).whole();
    const { text } = server.requests[0] ?? { text: '' };
    expect(text).toMatch(/^GET \/file\?version=1 HTTP\/1\.1\r\n/);
    expect(text.toLowerCase()).toContain(`\r\nhost: ${new URL(server.url).host}\r\n`);
    expect(text).toContain('\r\nrange: bytes=4-\r\n');
    expect(text).toContain('\r\nif-range: "v1"\r\n');
    expect(text.toLowerCase()).not.toContain('accept-encoding');
  });

  it.each([
    ['a length', `${OK}Content-Length: 4\r\n\r\nabcd`, { contentLength: 4 }],
    ['chunks', `${CHUNKED}3;x=y\r\nabc\r\n1\r\nd\r\n0\r\nETag: late\r\n\r\n`, { etag: undefined }],
    [
      'a length after an interim answer',
      `HTTP/1.1 103 Early\r\nETag: early\r\n\r\n${OK}Content-Length: 4\r\n\r\nabcd`,
      { etag: undefined, status: 200 },
    ],
  ])('reads a body with %s', async (_name, sent, head) => {
    await using server = await start((socket) => socket.write(sent));
    const answer = receive(server);
    expect(await answer.whole()).toBe('abcd');
    expect(answer.heads).toEqual([expect.objectContaining({ endsWithConnection: false, ...head })]);
  });

  it('reads a body that the end of the connection ends, and says so', async () => {
    await using server = await start((socket) => socket.end(`${OK}\r\nabcd`));
    const answer = receive(server);
    expect(await answer.whole()).toBe('abcd');
    expect(answer.heads).toMatchObject([{ contentLength: undefined, endsWithConnection: true }]);
  });

  it.each([
    ['HEAD', `${OK}Content-Length: 1000\r\n\r\n`, 1000],
    ['HEAD', `${OK}\r\n`, undefined],
    ['GET', 'HTTP/1.1 204 No Content\r\n\r\n', undefined],
    ['GET', 'HTTP/1.1 304 Not Modified\r\n\r\n', undefined],
    ['GET', `${OK}Content-Length: 0\r\n\r\n`, 0],
    ['GET', `${CHUNKED}0\r\n\r\n`, undefined],
  ] as const)('reads an answer without a body: %s, %j', async (method, sent, contentLength) => {
    await using server = await start((socket) => socket.write(sent));
    const answer = receive(server, { method });
    expect(await answer.whole()).toBe('');
    expect(answer.heads).toMatchObject([{ contentLength, endsWithConnection: false }]);
  });

  it('hands over the same bytes however they come', async () => {
    const anyBody = fc.record({
      bytes: fc.uint8Array({ maxLength: 3000 }),
      places: fc.array(fc.nat(), { maxLength: 12 }),
      framing: fc.constantFrom('counted', 'chunked', 'endless'),
    });
    const bodies: (typeof anyBody extends fc.Arbitrary<infer Body> ? Body : never)[] = [];
    await using server = await start((socket, { target }) => {
      const body = bodies[Number(target.slice(1))];
      if (body === undefined) return;
      const { bytes, places, framing } = body;
      const header = { counted: `${OK}Content-Length: ${bytes.length}\r\n\r\n`, chunked: CHUNKED };
      socket.write(framing === 'endless' ? `${OK}\r\n` : header[framing]);
      const ends = places.map((place) => place % (bytes.length + 1)).toSorted((a, b) => a - b);
      let from = 0;
      for (const to of [...ends, bytes.length]) {
        const piece = bytes.subarray(from, to);
        from = to;
        if (piece.length === 0) continue;
        if (framing === 'chunked') socket.write(`${piece.length.toString(16)}\r\n`);
        socket.write(piece);
        if (framing === 'chunked') socket.write('\r\n');
      }
      if (framing === 'chunked') socket.write('0\r\n\r\n');
      if (framing === 'endless') socket.end();
    });
    await fc.assert(
      fc.asyncProperty(anyBody, async (body) => {
        const number = bodies.push(body) - 1;
        const answer = new ReceivedAnswer(transport, `${server.url}/${number}`);
        expect(await answer.whole()).toBe(Buffer.from(body.bytes).toString('latin1'));
      }),
      { numRuns: 150 },
    );
  });

  it('does not mix what comes for twenty at once', async () => {
    const size = 300_000;
    await using server = await start((socket, { target }) => {
      const letter = target.slice(1);
      socket.write(`${OK}Content-Length: ${size}\r\n\r\n`);
      for (let sent = 0; sent < size; sent += 10_000) socket.write(letter.repeat(10_000));
    });
    const letters = 'abcdefghijklmnopqrst'.split('');
    const answers = letters.map(
      (letter) => new ReceivedAnswer(transport, `${server.url}/${letter}`),
    );
    const bodies = await Promise.all(answers.map((answer) => answer.whole()));
    expect(bodies).toEqual(letters.map((letter) => letter.repeat(size)));
    expect(server.connections).toBe(20);
  });

  it('hands nothing over while it is paused, and loses nothing', async () => {
    const size = 4_000_000;
    await using server = await start((socket) => sendMuch(socket, size));
    let isPaused = false;
    let pauses = 0;
    const answer = receive(server, {
      onBody: ({ exchange }) => {
        expect(isPaused).toBe(false);
        if (++pauses > 10) return true;
        isPaused = true;
        // By then more would have come, if it could.
        setTimeout(() => {
          isPaused = false;
          exchange.resume();
        }, 3);
        return false;
      },
    });
    expect((await answer.whole()).length).toBe(size);
    expect(pauses).toBeGreaterThan(10);
  });

  it.each([
    ['a length', `${OK}Content-Length: 4\r\nConnection: close\r\n\r\nabcd`],
    ['chunks', `${CHUNKED}4\r\nabcd\r\n0\r\n\r\n`],
    ['the end of the connection', `${OK}\r\nabcd`],
  ])('can be paused at the last byte of a body with %s', async (_name, sent) => {
    await using server = await start((socket) => socket.end(sent));
    const answer = receive(server, {
      onBody: ({ exchange }) => {
        void server.allClosed().then(() => setTimeout(() => exchange.resume(), 5));
        setTimeout(() => exchange.resume(), 20);
        return false;
      },
    });
    expect(await answer.whole()).toBe('abcd');
  });

  it('holds no more memory for a large body than for a small one', async () => {
    await using server = await start((socket, { target }) =>
      sendMuch(socket, Number(target.slice(1))),
    );
    const held = (): number => {
      const { heapUsed, external } = process.memoryUsage();
      return heapUsed + external;
    };
    const most = async (bytes: number): Promise<number> => {
      let [length, peak] = [0, 0];
      const url = new URL(`${server.url}/${bytes}`);
      const receiver = {
        head: () => true,
        body: (_bytes: Uint8Array, from: number, to: number) => {
          length += to - from;
          peak = Math.max(peak, held());
          return true;
        },
      };
      await transport.send({ method: 'GET', url, headers: {} }, receiver).ended;
      expect(length).toBe(bytes);
      return peak;
    };
    const small = await most(1_000_000);
    // What is not collected yet counts too: some tens of megabytes, whatever the body.
    expect((await most(400_000_000)) - small).toBeLessThan(200_000_000);
  });
});
