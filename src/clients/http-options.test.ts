import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blocking, EVERY_CLIENT, failureOf } from '../../test/support/every-client.js';
import { startFaultServer, type FaultServer } from '../../test/support/fault-server.js';
import type { Connecting } from '../core/run.js';
import { UsageError } from '../core/errors.js';
import type { Coroutine } from '../loop/tasks/coroutine.js';
import { currentLoop } from '../loop/tasks/running.js';
import { BlockingConnections } from './blocking-connections.js';
import { toRequest, type CallOptions, type HttpRequest } from './call-options.js';
import { Connections, type HttpAnswer } from './connections.js';
import { LoopConnections } from './loop-connections.js';

let server: FaultServer;
beforeAll(async () => {
  server = await startFaultServer();
});
afterAll(() => server.close());

interface Echo {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

describe.each(Object.entries(EVERY_CLIENT))('a body and the %s client', (_name, client) => {
  async function echo(options: CallOptions): Promise<Echo> {
    return (await client.one(`${server.url}/echo`, options)) as Echo;
  }

  it.each([
    ['{"a": 1}', 'application/json'],
    ['42', 'application/json'],
    ['hello: wörld €', 'text/plain; charset=utf-8'],
    ['', 'text/plain; charset=utf-8'],
  ])('sends %j with POST as %s, its length in bytes', async (body, type) => {
    const { method, headers, body: received } = await echo({ body });
    expect({ method, received }).toEqual({ method: 'POST', received: body });
    expect(headers).toMatchObject({
      'content-type': type,
      'content-length': `${Buffer.byteLength(body)}`,
    });
  });

  it('sends bytes, and what is no text as bytes', async () => {
    const text = await echo({ body: Buffer.from('[1, 2]') });
    expect(text).toMatchObject({ body: '[1, 2]', headers: { 'content-type': 'application/json' } });
    const { headers } = await echo({ body: Uint8Array.of(0xff, 0xfe, 0) });
    expect(headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-length': '3',
    });
  });

  it('leaves the content type to whoever says it, in any letters', async () => {
    const headers = { 'CONTENT-type': 'application/xml' };
    const sent = await echo({ body: '{}', headers });
    expect(sent.headers['content-type']).toBe('application/xml');
  });

  it.each(['GET', 'PUT', 'PATCH', 'DELETE'])(
    'sends it with %s when that is said',
    async (method) => {
      expect(await echo({ body: 'x', method })).toMatchObject({ method, body: 'x' });
      // The connection is of further use, or another is taken.
      expect(await echo({ method })).toMatchObject({ method, body: '' });
    },
  );

  it('sends it with HEAD, whose answer has none', async () => {
    const url = `${server.url}/echo`;
    expect(await client.one(url, { method: 'HEAD', body: 'x' })).toBeNull();
  });

  it('sends none, and says nothing of one, where none was given', async () => {
    const { headers } = await echo({});
    expect(headers).not.toHaveProperty('content-type');
    expect(headers).not.toHaveProperty('content-length');
    expect((await echo({ method: 'POST' })).headers['content-length']).toBe('0');
  });

  it('sends a large one whole, with every call', async () => {
    const body = '0123456789'.repeat(200_000);
    for (const answer of await client.many(2, `${server.url}/echo`, { body })) {
      expect((answer as Echo).body === body).toBe(true);
    }
  });

  it('refuses what is neither text nor bytes', async () => {
    const error = await failureOf(
      client.one(server.url, { body: { a: 1 } } as unknown as CallOptions),
    );
    expect(error).toBeInstanceOf(UsageError);
    expect(String(error)).toContain('JSON.stringify');
  });

  it('shows nothing of it when the call fails', async () => {
    const options = { body: 'password=hunter2', headers: { 'X-Key': 'hunter2' } };
    const error = await failureOf(client.one(`${server.url}/500`, options));
    expect(String(error) + JSON.stringify(error)).not.toContain('hunter2');
  });
});

describe.each(Object.entries(EVERY_CLIENT))('a status and the %s client', (_name, client) => {
  it.each([
    ['404', '404'],
    ['500', '4xx,5xx'],
    ['302', '200-399'],
  ])('takes %s for success when %s is expected', async (status, expectStatus) => {
    const url = `${server.url}/with?status=${status}`;
    expect(await client.one(url, { expectStatus })).toEqual({ status });
  });

  it('has nothing to decode where an answer has no body', async () => {
    expect(await client.one(`${server.url}/not-modified`, { expectStatus: '304' })).toBeNull();
  });

  it('says what was expected when it is another', async () => {
    const attempt = client.one(`${server.url}/ok`, { expectStatus: '201-204,404' });
    const error = await failureOf(attempt);
    expect(error).toMatchObject({ code: 'HTTP_STATUS', status: 200 });
    expect(String(error)).toContain(
      'the server answered with status 200, expected 201 to 204 or 404',
    );
  });

  it('refuses what is no list of statuses', async () => {
    const error = await failureOf(client.one(server.url, { expectStatus: 'ok' }));
    expect(error).toBeInstanceOf(UsageError);
  });

  it('says where a redirect points and how it is followed, without what may be secret', async () => {
    const location = encodeURIComponent('http://user:hunter2@host.invalid/there?token=hunter2');
    const url = `${server.url}/with?status=302&Location=${location}`;
    const error = await failureOf(client.one(url));
    expect(error).toMatchObject({ code: 'HTTP_STATUS', status: 302 });
    const message = String(error).slice(String(error).indexOf('the server'));
    expect(message).toBe(
      'the server answered with status 302, expected 200 to 299; ' +
        'it points to http://host.invalid/there?..., and --follow goes there',
    );
  });

  it.each([
    ['429', '', ''],
    ['429', '5', ' (Retry-After: 5 s)'],
    ['503', 'Wed, 21 Oct 2026 07:28:00 GMT', ' (Retry-After: Wed, 21 Oct 2026 07:28:00 GMT)'],
    ['503', 'a b_c', ' (with a Retry-After that is neither seconds nor a date)'],
  ])('tells %s with Retry-After %j from other failures', async (status, retryAfter, phrase) => {
    const header = retryAfter === '' ? '' : `&Retry-After=${encodeURIComponent(retryAfter)}`;
    const error = await failureOf(client.one(`${server.url}/with?status=${status}${header}`));
    expect(error).toMatchObject({ code: 'RATE_LIMITED', status: Number(status) });
    expect(String(error)).toContain(
      `the server limits the rate of calls: it answered with status ${status}${phrase}, expected 200 to 299`,
    );
  });

  it('takes a 503 that does not say when to come back for a failure like others', async () => {
    const error = await failureOf(client.one(`${server.url}/with?status=503`));
    expect(error).toMatchObject({ code: 'HTTP_STATUS', status: 503 });
  });
});

/** Makes calls on one set of connections, one after another, and asks for its report. */
type Caller = (...requests: HttpRequest[]) => Promise<[HttpAnswer[], Connecting]>;

const callers: Readonly<Record<string, Caller>> = {
  synchronous: async (...requests) => {
    const connections = new BlockingConnections();
    try {
      const answers = requests.map((request, index) => connections.call(request, index));
      return [answers, connections.connecting()];
    } finally {
      connections.close();
    }
  },
  asynchronous: async (...requests) => {
    const connections = new Connections();
    try {
      const answers: HttpAnswer[] = [];
      for (const request of requests) answers.push(await connections.call(request, 0));
      return [answers, connections.connecting()];
    } finally {
      await connections.close();
    }
  },
  'asynchronous, on our own loop': async (...requests) =>
    blocking(function* main(): Coroutine<[HttpAnswer[], Connecting]> {
      const connections = new LoopConnections(currentLoop());
      try {
        const answers: HttpAnswer[] = [];
        for (const request of requests) answers.push(yield* connections.call(request, 0));
        return [answers, connections.connecting()];
      } finally {
        connections.close();
      }
    }),
};

function times(n: number, request: HttpRequest): HttpRequest[] {
  return Array.from({ length: n }, () => request);
}

describe.each(Object.entries(callers))('what an answer tells the %s client', (_name, calls) => {
  it.each([true, false])('is how many bytes came, decoded or not (%j)', async (parse) => {
    const [[whole]] = await calls(toRequest(`${server.url}/order?x`, { parse }));
    expect(whole).toMatchObject({ bytes: '{"order":"x"}'.length });
    const [[chunked]] = await calls(toRequest(`${server.url}/chunked`, { parse }));
    expect(chunked).toMatchObject({ bytes: 8 });
    const [[empty]] = await calls(toRequest(`${server.url}/no-content`, { parse }));
    expect(empty).toMatchObject({ bytes: 0 });
  });

  it('is how long the request waited in a queue, where the server says so', async () => {
    const timing = encodeURIComponent('queue;dur=1.234, wait;dur=200.1');
    const told = toRequest(`${server.url}/with?Server-Timing=${timing}`);
    const [answers] = await calls(...times(20, told));
    expect(answers.map(({ serverQueueMs }) => serverQueueMs)).toEqual(
      Array.from({ length: 20 }, () => 1.234),
    );
    const [[untold]] = await calls(toRequest(`${server.url}/ok`));
    expect(untold?.serverQueueMs).toBeUndefined();
  });
});

describe.each(Object.entries(callers))('connections of the %s client', (_name, calls) => {
  let url: string;
  let kept: HttpRequest;
  let closed: HttpRequest;
  let quiet: FaultServer;
  const watching = new Connections();
  beforeAll(async () => {
    quiet = await startFaultServer();
    url = `${quiet.url}/echo`;
    kept = toRequest(url);
    closed = toRequest(url, { keepAlive: false });
  });
  afterAll(async () => {
    await watching.close();
    await quiet.close();
  });

  async function expectNoneOpen(): Promise<void> {
    const request = toRequest(`${quiet.url}/seen`);
    const open = async () => (await watching.call(request, 0)).value;
    await expect.poll(open).toMatchObject({ open: 1 });
  }

  it('are used again', async () => {
    const [answers, report] = await calls(...times(5, kept));
    expect(report.connections).toBe(1);
    expect(answers[4]?.value).not.toMatchObject({ headers: { connection: 'close' } });
  });

  it('are closed after each call where they are not to be kept, and counted', async () => {
    const [answers, report] = await calls(...times(5, closed));
    for (const { value } of answers) {
      expect(value).toMatchObject({ headers: { connection: 'close' } });
    }
    expect(report.connections).toBe(5);
    await expectNoneOpen();
  });

  it('that are kept are left alone by a call that wants a new one', async () => {
    expect((await calls(kept, closed))[1].connections).toBe(2);
    expect((await calls(kept, closed, kept, kept))[1].connections).toBe(2);
  });

  it('are closed after a HEAD and after a failure too', async () => {
    const head = toRequest(url, { keepAlive: false, method: 'HEAD' });
    expect((await calls(head, head))[1].connections).toBe(2);
    const failing = toRequest(`${quiet.url}/404`, { keepAlive: false });
    expect(await failureOf(calls(failing))).toMatchObject({ code: 'HTTP_STATUS' });
    await expectNoneOpen();
  });
});
