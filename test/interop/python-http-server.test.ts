import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CALLS, CLIENTS, failureOf, fiftyTimes } from './support/clients.js';
import { runCommand } from './support/command.js';
import { startForeignServer, type ForeignServer } from './support/foreign-server.js';
import { statusLineOf } from './support/headers.js';
import { toolPath } from './support/tools.js';

const ANSWER = { message: 'from Python', numbers: [1, 2, 3] };
// By itself it lets five connections wait to be accepted, and the system tries the others again after 1 s, 3 s, 7 s and so on,
// some of them for more than a minute: that is about the system, and not about the two of us.
const PROGRAM = `
import functools, http.server, sys
http.server.ThreadingHTTPServer.request_queue_size = 128
handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=sys.argv[1])
server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), handler)
print('port', server.server_port, flush=True)
server.serve_forever()
`;

let folder: string;
let server: ForeignServer;
let url: string;

// It answers with HTTP/1.0 and closes the connection after each answer.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lwasync-python-'));
  await writeFile(join(folder, 'answer.json'), JSON.stringify(ANSWER));
  server = startForeignServer(toolPath('python3'), ['-c', PROGRAM, folder]);
  const [, port] = await server.printed(/port (\d+)/);
  url = `http://127.0.0.1:${port}`;
});

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

test('the server is what these tests are about', async () => {
  expect(await statusLineOf(`${url}/answer.json`)).toBe('HTTP/1.0 200');
});

describe.each(CLIENTS)("the %s client and Python's http.server", (_name, makeManyCalls) => {
  test('JSON answers are complete', async () => {
    const answers = await makeManyCalls(CALLS, `${url}/answer.json`);
    expect(answers).toStrictEqual(fiftyTimes(ANSWER));
  });

  test.each([
    ['/nowhere.json', { code: 'HTTP_STATUS', status: 404 }],
    ['/', { code: 'NOT_JSON', status: 200 }],
  ])('%s fails every call, each for its reason', async (path, reason) => {
    const { answers, errors } = await failureOf(makeManyCalls(CALLS, `${url}${path}`));
    expect(answers).toStrictEqual(fiftyTimes(undefined));
    expect(errors).toHaveLength(CALLS);
    errors.forEach((error, index) => expect(error).toMatchObject({ ...reason, index }));
  });
});

describe.each(['sync', 'async'])("lwasync %s and Python's http.server", (command) => {
  test('every answer is in the document, exit code 0', async () => {
    const words = [command, `${url}/answer.json`, '-n', `${CALLS}`];
    const { exitCode, document } = await runCommand(words);
    expect(exitCode).toBe(0);
    expect(document['responses']).toStrictEqual(fiftyTimes(ANSWER));
  });

  test('calls that fail: each is in the document, exit code 3', async () => {
    const words = [command, `${url}/nowhere.json`, '-n', `${CALLS}`];
    const { exitCode, document } = await runCommand(words);
    expect(exitCode).toBe(3);
    expect(document['failures']).toHaveLength(CALLS);
  });
});

test("lwasync compare and Python's http.server: every mode completes every call", async () => {
  const words = ['compare', `${url}/answer.json`, '-r', '1', '-w', '0', '-n', `${CALLS}`];
  const { exitCode, document } = await runCommand(words);
  expect(exitCode).toBe(0);
  const calls = { ok: CALLS, failed: 0 };
  expect(document['modes']).toMatchObject([{ calls }, { calls }, { calls }]);
});
