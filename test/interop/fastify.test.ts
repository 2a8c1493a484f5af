import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileURLToPath } from 'node:url';
import { CALLS, CLIENTS, failureOf, fiftyTimes, numberIn } from './support/clients.js';
import { runCommand } from './support/command.js';
import { startForeignServer, type ForeignServer } from './support/foreign-server.js';
import { headersOf } from './support/headers.js';

const PROGRAM = fileURLToPath(new URL('./support/fastify-server.mjs', import.meta.url));
const JSON_ANSWER = { message: 'from Fastify', numbers: [1, 2, 3] };
const PIECES = { pieces: Array.from({ length: 1000 }, (_, index) => index) };

let server: ForeignServer;
let url: string;

beforeAll(async () => {
  server = startForeignServer(process.execPath, [PROGRAM]);
  [url] = await server.printed(/^http:\S+(?=\n)/);
});

afterAll(() => server.stop());

describe.each(CLIENTS)('the %s client and Fastify', (_name, makeManyCalls) => {
  test('JSON answers are complete', async () => {
    expect(await makeManyCalls(CALLS, `${url}/json`)).toStrictEqual(fiftyTimes(JSON_ANSWER));
  });

  test('every answer arrives exactly once', async () => {
    const answers = await makeManyCalls(CALLS, `${url}/count`);
    const counts = answers.map((answer) => numberIn(answer, 'answered')).toSorted((a, b) => a - b);
    const [first = 0] = counts;
    expect(counts).toStrictEqual(Array.from({ length: CALLS }, (_, index) => first + index));
  });

  test('one call at a time leaves the answers in call order', async () => {
    const answers = await makeManyCalls(CALLS, `${url}/count`, { concurrency: 1 });
    const first = numberIn(answers[0], 'answered');
    const inOrder = Array.from({ length: CALLS }, (_, index) => ({ answered: first + index }));
    expect(answers).toStrictEqual(inOrder);
  });

  test('a body streamed in chunks is put together', async () => {
    expect(await headersOf(`${url}/streamed`)).toMatchObject({ 'transfer-encoding': 'chunked' });
    expect(await makeManyCalls(CALLS, `${url}/streamed`)).toStrictEqual(fiftyTimes(PIECES));
  });

  test('a server that closes each connection after its answer fails no call', async () => {
    expect(await headersOf(`${url}/closing`)).toMatchObject({ connection: 'close' });
    const answer = { message: 'the last on this connection' };
    expect(await makeManyCalls(CALLS, `${url}/closing`)).toStrictEqual(fiftyTimes(answer));
  });

  test.each([
    ['/failing', { code: 'HTTP_STATUS', status: 500 }],
    ['/nowhere', { code: 'HTTP_STATUS', status: 404 }],
    ['/text', { code: 'NOT_JSON', status: 200 }],
    ['/cut', { code: 'CONNECTION_CLOSED' }],
  ])('%s fails every call, each for its reason', async (path, reason) => {
    const { answers, errors } = await failureOf(makeManyCalls(CALLS, `${url}${path}`));
    expect(answers).toStrictEqual(fiftyTimes(undefined));
    expect(errors).toHaveLength(CALLS);
    errors.forEach((error, index) => expect(error).toMatchObject({ ...reason, index }));
  });
});

describe.each(['sync', 'async'])('lwasync %s and Fastify', (command) => {
  test.each([
    ['/json', JSON_ANSWER],
    ['/streamed', PIECES],
  ])('%s: every answer is in the document, exit code 0', async (path, answer) => {
    const { exitCode, document } = await runCommand([command, `${url}${path}`, '-n', `${CALLS}`]);
    expect(exitCode).toBe(0);
    expect(document).toMatchObject({ responses: fiftyTimes(answer), failures: [] });
  });

  test('calls that fail: each is in the document, exit code 3', async () => {
    const { exitCode, document } = await runCommand([command, `${url}/failing`, '-n', `${CALLS}`]);
    expect(exitCode).toBe(3);
    expect(document['failures']).toHaveLength(CALLS);
    expect(document['failures']).toContainEqual(
      expect.objectContaining({ index: CALLS - 1, code: 'HTTP_STATUS', status: 500 }),
    );
  });
});

test('lwasync compare and Fastify: every mode completes every call, exit code 0', async () => {
  const words = ['compare', `${url}/json`, '-r', '1', '-w', '0', '-n', `${CALLS}`];
  const { exitCode, document } = await runCommand(words);
  expect(exitCode).toBe(0);
  expect(document['modes']).toMatchObject([
    { mode: 'sync', calls: { ok: CALLS, failed: 0 } },
    { mode: 'sequential', calls: { ok: CALLS, failed: 0 } },
    { mode: 'async', calls: { ok: CALLS, failed: 0 } },
  ]);
});
