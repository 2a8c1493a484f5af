import { EventEmitter } from 'node:events';
import { afterEach, expect, test, vi } from 'vitest';
import { UnavailableError, UsageError } from '../core/errors.js';
import { resolveOptions } from './practice-server-options.js';
import { failureReport, type ServerCommand, type ServerReport } from './server-messages.js';
import { superviseServer, type Host } from './supervised-server.js';

const SETTINGS = resolveOptions({});
const LISTENING: ServerReport = {
  kind: 'listening',
  listening: { url: 'http://127.0.0.1:1', host: '127.0.0.1', port: 1, warnings: ['a warning'] },
};

/** A host that says what it is told to and notes what is asked of it. */
class FakeHost implements Host {
  readonly log: (ServerCommand['kind'] | 'kill')[] = [];
  readonly ended: Promise<string>;
  readonly #events = new EventEmitter();

  constructor() {
    this.ended = new Promise((resolve) => this.#events.once('end', resolve));
  }

  end(how: string): void {
    this.#events.emit('end', how);
  }

  send(command: ServerCommand): void {
    this.log.push(command.kind);
  }

  onReport(listener: (report: ServerReport) => void): void {
    this.#events.on('report', listener);
  }

  kill(): void {
    this.log.push('kill');
    this.end('killed');
  }

  report(report: ServerReport): void {
    this.#events.emit('report', report);
  }
}

afterEach(() => {
  vi.useRealTimers();
});

test('a server is there once it listens', async () => {
  const host = new FakeHost();
  const starting = superviseServer(host, SETTINGS);
  host.report(LISTENING);
  expect(await starting).toMatchObject(LISTENING.listening);
  expect(host.log).toEqual(['start']);
});

test('closing asks first, and ends the host when it has closed', async () => {
  vi.useFakeTimers();
  const host = new FakeHost();
  const starting = superviseServer(host, SETTINGS);
  host.report(LISTENING);
  const server = await starting;
  const closings = [server.close(), server.close()];
  expect(host.log).toEqual(['start', 'close']);
  host.report({ kind: 'closed' });
  await Promise.all(closings);
  await server.closed;
  expect(host.log).toEqual(['start', 'close', 'kill']);
});

test('a host that does not close is ended after two seconds', async () => {
  vi.useFakeTimers();
  const host = new FakeHost();
  const starting = superviseServer(host, SETTINGS);
  host.report(LISTENING);
  const closing = (await starting).close();
  vi.advanceTimersByTime(1999);
  expect(host.log).toEqual(['start', 'close']);
  vi.advanceTimersByTime(1);
  await closing;
  expect(host.log).toEqual(['start', 'close', 'kill']);
});

test('a host is ended at once when no grace is given', async () => {
  vi.useFakeTimers();
  const host = new FakeHost();
  const starting = superviseServer(host, SETTINGS);
  host.report(LISTENING);
  const closing = (await starting).close(0);
  vi.advanceTimersByTime(1);
  await closing;
  expect(host.log).toEqual(['start', 'close', 'kill']);
});

test('an error of the host keeps its class, and the host is ended', async () => {
  for (const error of [new UsageError('another port, please'), new Error('broken')]) {
    const host = new FakeHost();
    const starting = superviseServer(host, SETTINGS);
    host.report(failureReport(error));
    const expected =
      error instanceof UsageError
        ? error
        : new UnavailableError('the practice server failed: broken');
    await expect(starting).rejects.toThrow(expected);
    expect(host.log).toEqual(['start', 'kill']);
  }
});

test('a host that ends before it listens is told of', async () => {
  const host = new FakeHost();
  const starting = superviseServer(host, SETTINGS);
  host.end('exit code 9');
  await expect(starting).rejects.toThrow(
    new UnavailableError('the practice server did not start: exit code 9'),
  );
});

test('a host that says nothing is given up after fifteen seconds', async () => {
  vi.useFakeTimers();
  const host = new FakeHost();
  const starting = superviseServer(host, SETTINGS);
  vi.advanceTimersByTime(15_000);
  await expect(starting).rejects.toThrow(
    new UnavailableError('the practice server did not start within 15 s'),
  );
  expect(host.log).toEqual(['start', 'kill']);
});

test('a server that stops unasked says so to whoever listens, and closing it is fine', async () => {
  const host = new FakeHost();
  const starting = superviseServer(host, SETTINGS);
  host.report(LISTENING);
  const server = await starting;
  host.end('exit code 9');
  await expect(server.closed).rejects.toThrow(
    new UnavailableError('the practice server stopped without being asked to: exit code 9'),
  );
  await server.close();
});
