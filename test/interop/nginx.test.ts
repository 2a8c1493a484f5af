import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as asynchronous from '../../src/clients/asynchronous.js';
import { CALLS, CLIENTS, failureOf, fiftyTimes, numberIn } from './support/clients.js';
import { runCommand } from './support/command.js';
import { headersOf } from './support/headers.js';
import { startNginx, type Nginx } from './support/nginx.js';

const STATIC = { message: 'from a file', numbers: [1, 2, 3] };
// Large enough that nginx reads and sends it in several pieces.
const LONG = { text: 'x'.repeat(100_000), last: true };
const WHO = `'{"connection":$connection,"request":$connection_requests}'`;

let nginx: Nginx;
let url: string;

beforeAll(async () => {
  nginx = await startNginx({
    files: { 'static.json': JSON.stringify(STATIC), 'long.json': JSON.stringify(LONG) },
    http: 'map $connection_requests $is_odd { "~[13579]$" 1; default 0; }',
    server: (folder) => `
      location /kept/ { alias ${folder}/; }
      location /closed/ { alias ${folder}/; keepalive_timeout 0; }
      location /chunked/ { alias ${folder}/; sub_filter never-there ''; sub_filter_types *; }
      location = /who { return 200 ${WHO}; }
      location = /who-closed { keepalive_timeout 0; return 200 ${WHO}; }
      location = /who-ten { keepalive_requests 10; return 200 ${WHO}; }
      location = /odd { if ($is_odd) { return 503; } return 200 ${WHO}; }
      location = /broken { return 500; }
    `,
  });
  url = `http://127.0.0.1:${nginx.port}`;
});

afterAll(() => nginx.stop());

describe.each(CLIENTS)('the %s client and nginx', (_name, makeManyCalls) => {
  test('a file with its length, connections kept', async () => {
    const headers = await headersOf(`${url}/kept/static.json`);
    expect(headers['content-length']).toBe(`${JSON.stringify(STATIC).length}`);
    const answers = await makeManyCalls(CALLS, `${url}/kept/static.json`);
    expect(answers).toStrictEqual(fiftyTimes(STATIC));
  });

  test('a file with its length, connections closed', async () => {
    const headers = await headersOf(`${url}/closed/static.json`);
    expect(headers.connection).toBe('close');
    const answers = await makeManyCalls(CALLS, `${url}/closed/static.json`);
    expect(answers).toStrictEqual(fiftyTimes(STATIC));
  });

  test('a file in chunks', async () => {
    const headers = await headersOf(`${url}/chunked/long.json`);
    expect(headers['transfer-encoding']).toBe('chunked');
    const answers = await makeManyCalls(CALLS, `${url}/chunked/long.json`);
    expect(answers).toStrictEqual(fiftyTimes(LONG));
  });

  test('where connections are kept, one is enough for calls one at a time', async () => {
    const answers = await makeManyCalls(CALLS, `${url}/who`, { concurrency: 1 });
    expect(connectionsOf(answers).size).toBe(1);
    const requests = answers.map((answer) => numberIn(answer, 'request'));
    expect(requests).toStrictEqual(Array.from({ length: CALLS }, (_, index) => index + 1));
  });

  test('where connections are closed, each call has one of its own', async () => {
    const answers = await makeManyCalls(CALLS, `${url}/who-closed`);
    expect(connectionsOf(answers).size).toBe(CALLS);
  });

  test('a connection that the server ends after ten calls is replaced by one that is kept', async () => {
    const answers = await makeManyCalls(CALLS, `${url}/who-ten`, { concurrency: 1 });
    expect(connectionsOf(answers).size).toBe(CALLS / 10);
  });

  test('where every other call fails, the answers of the others stay in their places', async () => {
    const { answers, errors } = await failureOf(
      makeManyCalls(CALLS, `${url}/odd`, { concurrency: 1 }),
    );
    const requests = answers.flatMap((answer, index) =>
      answer === undefined ? [] : [{ index, request: numberIn(answer, 'request') }],
    );
    const even = Array.from({ length: CALLS / 2 }, (_, half) => 2 * half + 1);
    expect(requests).toStrictEqual(even.map((index) => ({ index, request: index + 1 })));
    expect(errors.map(({ index }) => index)).toStrictEqual(even.map((index) => index - 1));
    expect(new Set(errors.map(({ status }) => status))).toStrictEqual(new Set([503]));
  });

  test.each([
    ['/kept/nowhere.json', 404],
    ['/broken', 500],
  ])('%s fails every call with its status', async (path, status) => {
    const { answers, errors } = await failureOf(makeManyCalls(CALLS, `${url}${path}`));
    expect(answers).toStrictEqual(fiftyTimes(undefined));
    expect(errors).toHaveLength(CALLS);
    errors.forEach((error, index) =>
      expect(error).toMatchObject({ code: 'HTTP_STATUS', status, index }),
    );
  });
});

test('the asynchronous client opens no more connections than calls may be in flight', async () => {
  const answers = await asynchronous.makeManyCalls(CALLS, `${url}/who`, { concurrency: 5 });
  expect(connectionsOf(answers).size).toBeLessThanOrEqual(5);
});

describe.each(['sync', 'async'])('lwasync %s and nginx', (command) => {
  test.each([
    ['/kept/static.json', STATIC],
    ['/closed/static.json', STATIC],
    ['/chunked/long.json', LONG],
  ])('%s: every answer is in the document, exit code 0', async (path, answer) => {
    const { exitCode, document } = await runCommand([command, `${url}${path}`, '-n', `${CALLS}`]);
    expect(exitCode).toBe(0);
    expect(document['responses']).toStrictEqual(fiftyTimes(answer));
    expect(document['failures']).toStrictEqual([]);
  });

  test('/broken: every call is among the failures, exit code 3', async () => {
    const { exitCode, document } = await runCommand([command, `${url}/broken`, '-n', `${CALLS}`]);
    expect(exitCode).toBe(3);
    expect(document['failures']).toHaveLength(CALLS);
  });
});

test.each([
  ['sync', []],
  ['async', ['-c', '1']],
])('lwasync %s has the answers in call order in its document', async (command, more) => {
  const { document } = await runCommand([command, `${url}/who`, '-n', `${CALLS}`, ...more]);
  const inOrder = Array.from({ length: CALLS }, (_, index) => ({ request: index + 1 }));
  expect(document['responses']).toMatchObject(inOrder);
});

describe('lwasync compare and nginx', () => {
  const compare = (path: string): ReturnType<typeof runCommand> =>
    runCommand(['compare', `${url}${path}`, '-r', '1', '-w', '0', '-n', `${CALLS}`]);

  test.each(['/kept/static.json', '/closed/static.json', '/chunked/long.json'])(
    '%s: every mode completes every call, exit code 0',
    async (path) => {
      const { exitCode, document } = await compare(path);
      expect(exitCode).toBe(0);
      const calls = { ok: CALLS, failed: 0 };
      expect(document['modes']).toMatchObject([{ calls }, { calls }, { calls }]);
    },
  );

  test('/broken: exit code 3', async () => {
    const { exitCode } = await compare('/broken');
    expect(exitCode).toBe(3);
  });
});

function connectionsOf(answers: readonly unknown[]): Set<number> {
  return new Set(answers.map((answer) => numberIn(answer, 'connection')));
}
