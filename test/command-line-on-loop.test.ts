import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EventLoop } from '../src/loop/event-loop.js';
import { expectSchema } from './support/expect-schema.js';
import { startFaultServer, type FaultServer } from './support/fault-server.js';
import { runCli, startCli } from './support/run-cli.js';

const WITHOUT_KOFFI = {
  NODE_OPTIONS: `--require ${join(import.meta.dirname, 'support', 'without-koffi.cjs')}`,
};

let server: FaultServer;
beforeAll(async () => {
  server = await startFaultServer();
});
afterAll(() => server.close());

describe.runIf(EventLoop.unavailable() === undefined)('calls on our own event loop', () => {
  it('are made together, and said to be on it', async () => {
    const words = ['async', `${server.url}/together?3`, '-n', '3', '--on', 'loop', '-w', '1'];
    const { stdout, code } = await runCli(words);
    expect(stdout).toMatch(/^3 asynchronous calls on our own event loop took \d+\.\d{3} seconds\n/);
    expect(code).toBe(0);
  });

  it('are all in the JSON document, with their answers', async () => {
    const words = ['async', `${server.url}/order?x`, '-n', '4', '--on', 'loop', '--json'];
    const document: unknown = JSON.parse((await runCli(words)).stdout);
    await expectSchema('calls.schema.json', document);
    expect(document).toMatchObject({
      mode: 'loop',
      responses: Array.from({ length: 4 }, () => ({ order: 'x' })),
      calls: [0, 1, 2, 3].map((index) => ({ index, status: 200 })),
      connecting: { connections: 4 },
    });
  });

  it('keep no answers with --no-parse', async () => {
    const words = ['async', `${server.url}/html`, '-n', '2', '--on', 'loop', '--no-parse'];
    const { stdout, code } = await runCli([...words, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ responses: [], failures: [] });
    expect(code).toBe(0);
  });

  it.each([
    ['/500', 'HTTP_STATUS'],
    ['/half', 'CONNECTION_CLOSED'],
    ['/garbage', 'MALFORMED_ANSWER'],
    ['/html', 'NOT_JSON'],
    ['/nothing', 'TIMEOUT'],
  ])('fail on %s as on the other loop: exit code 3 and a sentence', async (path, failure) => {
    const timeout = failure === 'TIMEOUT' ? '100ms' : '20s';
    const words = ['async', server.url + path, '-n', '3', '--timeout', timeout];
    const ours = await runCli([...words, '--on', 'loop']);
    const nodes = await runCli([...words, '--on', 'node']);
    expect(ours.code).toBe(3);
    expect(ours.stderr).toContain(`3 of 3 loop calls failed, ${failure}`);
    if (failure !== 'MALFORMED_ANSWER') {
      expect(ours.stderr).toBe(nodes.stderr.replace('async calls', 'loop calls'));
    }
  });

  it('are a mode of their own in a comparison, with a lane and a verdict', async () => {
    const words = ['compare', `${server.url}/ok`, '-n', '4', '-r', '3', '-w', '0'];
    const modes = ['--modes', 'sync,async,loop'];
    const { stdout, code } = await runCli([...words, ...modes]);
    expect(stdout).toContain('loop  up to 4 in flight together on our own event loop');
    expect(stdout).toMatch(/^loop (ran|against sync)/m);
    expect(code).toBe(0);
    const json = await runCli([...words, ...modes, '--json']);
    await expectSchema('compare.schema.json', JSON.parse(json.stdout));
  });

  it('are reported as far as they came when they are interrupted', async () => {
    const words = ['async', `${server.url}/drip`, '-n', '60', '--on', 'loop', '--timeout', '60s'];
    const before = await callsSeen();
    const cli = startCli(words);
    while ((await callsSeen()) < before + 60);
    cli.kill('SIGINT');
    const { stdout, code } = await cli.finished;
    expect(stdout).toContain('0 of 60 asynchronous calls on our own event loop were made in');
    expect(code).toBe(130);
  });

  it('refuse https with the modes that speak it', async () => {
    const { stderr, code } = await runCli(['async', 'https://127.0.0.1:1/', '--on', 'loop']);
    expect(stderr).toContain('http only');
    expect(stderr).toContain('--on node');
    expect(code).toBe(2);
  });
});

async function callsSeen(): Promise<number> {
  const answer = await fetch(`${server.url}/seen`);
  return Number(Reflect.get(Object(await answer.json()), 'calls'));
}

describe('without the package koffi', () => {
  it.each([
    [['async', '--on', 'loop']],
    [['loop', join(import.meta.dirname, '..', 'examples', 'loop-two-sleeps.ts')]],
  ])('lwasync %j says in one sentence why it cannot be', async (words) => {
    const url = words[0] === 'loop' ? [] : [`${server.url}/ok`];
    const { stdout, stderr, code } = await runCli([...words, ...url], { env: WITHOUT_KOFFI });
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^lwasync: .*the event loop cannot run here: .*koffi.*\n$/);
    expect(code).toBe(2);
  });

  it('a comparison leaves the mode out and says why', async () => {
    const words = ['compare', `${server.url}/ok`, '--modes', 'sync,loop', '-n', '2', '-r', '1'];
    const { stdout, stderr, code } = await runCli(words, { env: WITHOUT_KOFFI });
    expect(stdout).toContain('sync');
    expect(stderr).toMatch(/loop was left out: .*the event loop cannot run here: .*koffi/);
    expect(code).toBe(0);
  });

  it('everything else works', async () => {
    const words = ['compare', `${server.url}/ok`, '-n', '2', '-r', '1', '-w', '0'];
    const { stdout, code } = await runCli(words, { env: WITHOUT_KOFFI });
    expect(stdout).toContain('async ran');
    expect(code).toBe(0);
  });
});
