import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeCertificate, type Certificate } from './support/certificate.js';
import { CALLS, CLIENTS, failureOf, fiftyTimes } from './support/clients.js';
import { runCommand } from './support/command.js';
import { startNginx, type Nginx } from './support/nginx.js';

const ANSWER = { message: 'in confidence' };

let certificate: Certificate;
let nginx: Nginx;
let url: string;

beforeAll(async () => {
  certificate = await makeCertificate('IP:127.0.0.1');
  nginx = await startNginx({
    files: { 'answer.json': JSON.stringify(ANSWER) },
    listen: 'ssl',
    server: () =>
      `ssl_certificate ${certificate.certificate}; ssl_certificate_key ${certificate.key};`,
  });
  url = `https://127.0.0.1:${nginx.port}/answer.json`;
});

afterAll(async () => {
  await nginx.stop();
  await certificate.remove();
});

describe.each(CLIENTS)('the %s client and https', (_name, makeManyCalls) => {
  test('a certificate that signs itself is refused, and every call fails with TLS', async () => {
    const { answers, errors } = await failureOf(makeManyCalls(CALLS, url));
    expect(answers).toStrictEqual(fiftyTimes(undefined));
    expect(errors).toHaveLength(CALLS);
    errors.forEach((error, index) => expect(error).toMatchObject({ code: 'TLS', index }));
  });

  test('http to a port that speaks https is answered with status 400', async () => {
    const { errors } = await failureOf(makeManyCalls(CALLS, url.replace('https', 'http')));
    expect(errors).toHaveLength(CALLS);
    errors.forEach((error) => expect(error).toMatchObject({ code: 'HTTP_STATUS', status: 400 }));
  });
});

describe.each(['sync', 'async'])('lwasync %s and https', (command) => {
  test('a certificate that signs itself is refused, exit code 3', async () => {
    const { exitCode, document, stderr } = await runCommand([command, url, '-n', `${CALLS}`]);
    expect(exitCode).toBe(3);
    expect(stderr).toContain('no secure connection (self-signed certificate)');
    const refused = expect.objectContaining({ code: 'TLS', status: null });
    expect(document['failures']).toStrictEqual(fiftyTimes(refused));
  });

  test('a certificate that the user trusts is accepted, exit code 0', async () => {
    const trust = { NODE_EXTRA_CA_CERTS: certificate.certificate };
    const { exitCode, document } = await runCommand([command, url, '-n', `${CALLS}`], trust);
    expect(exitCode).toBe(0);
    expect(document['responses']).toStrictEqual(fiftyTimes(ANSWER));
  });

  test('a trusted certificate of another name is refused, exit code 3', async () => {
    const trust = { NODE_EXTRA_CA_CERTS: certificate.certificate };
    const elsewhere = url.replace('127.0.0.1', 'localhost');
    const { exitCode, document } = await runCommand([command, elsewhere, '-n', `${CALLS}`], trust);
    expect(exitCode).toBe(3);
    expect(document['failures']).toContainEqual(expect.objectContaining({ code: 'TLS' }));
  });
});

test('lwasync compare and https: a certificate that signs itself ends it with exit code 3', async () => {
  const { exitCode } = await runCommand(['compare', url, '-r', '1', '-w', '0', '-n', `${CALLS}`]);
  expect(exitCode).toBe(3);
});
