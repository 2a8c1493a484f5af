import { once } from 'node:events';
import { createServer } from 'node:http';
import { setImmediate as nextPass } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFaultServer, type FaultServer } from '../../test/support/fault-server.js';
import { CallError } from '../core/call-error.js';
import { UsageError } from '../core/errors.js';
import { startSelector, type BlockingSelector, type EndedCall } from './blocking-selector.js';

let server: FaultServer;
let selector: BlockingSelector;
beforeAll(async () => {
  server = await startFaultServer();
  selector = startSelector();
});
afterAll(async () => {
  selector.close();
  await server.close();
});

/** Selects until so many calls have ended. */
function selectMany(number: number): EndedCall[] {
  const ended: EndedCall[] = [];
  while (ended.length < number) ended.push(...selector.select(Infinity));
  return ended;
}

describe('a selector', () => {
  it('starts calls without waiting, and holds the thread until they have ended', () => {
    const calls = Array.from({ length: 20 }, () => selector.get(`${server.url}/together?20`));
    expect(new Set(calls).size).toBe(20);
    const ended = selectMany(20);
    expect(new Set(ended.map(({ call }) => call))).toEqual(new Set(calls));
    expect(ended.map(({ answer }) => answer)).toEqual(
      Array.from({ length: 20 }, () => ({ together: 20 })),
    );
  });

  it('tells which call has which answer', () => {
    const asked = Array.from({ length: 30 }, (_, index) => `${index}`);
    const calls = new Map(
      asked.map((order) => [selector.get(`${server.url}/order?${order}`), order]),
    );
    for (const { call, answer } of selectMany(30))
      expect(answer).toEqual({ order: calls.get(call) });
  });

  it('returns at once what is there, whatever time it was given', () => {
    const [first, second] = [selector.get(`${server.url}/ok`), selector.get(`${server.url}/ok`)];
    const ended = selectMany(2).map(({ call }) => call);
    expect(ended.toSorted((a, b) => a - b)).toEqual([first, second]);
    expect(selector.select(0)).toEqual([]);
  });

  it('tells why a call has no answer', () => {
    const refused = selector.get('http://127.0.0.1:1/');
    const failed = selector.get(`${server.url}/500`);
    const garbage = selector.get(`${server.url}/garbage`);
    const errors = new Map(selectMany(3).map(({ call, error }) => [call, error]));
    expect(errors.get(failed)).toBeInstanceOf(CallError);
    expect(errors.get(failed)).toMatchObject({ code: 'HTTP_STATUS', status: 500 });
    expect(errors.get(refused)).toMatchObject({ code: 'CONNECTION_REFUSED' });
    expect(errors.get(garbage)).toBeInstanceOf(CallError);
  });

  it('carries a large answer, from a server of a thread that looks without waiting', async () => {
    const text = 'x'.repeat(5_000_000);
    const own = createServer((_request, response) => response.end(JSON.stringify(text)));
    await once(own.listen(0, '127.0.0.1'), 'listening');
    const address = own.address();
    selector.get(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
    const ended: EndedCall[] = [];
    while (ended.length === 0) {
      await nextPass();
      ended.push(...selector.select(0));
    }
    expect(ended[0]?.answer).toBe(text);
    own.close();
  });

  it('refuses an address that is none, at once', () => {
    expect(() => selector.get('nowhere')).toThrow(UsageError);
  });
});

describe('the wait of a selector', () => {
  it('is over when its time is, and not earlier', () => {
    for (const timeoutMs of [0, 0.5, 3, 20.25]) {
      const beganMs = performance.now();
      expect(selector.select(timeoutMs)).toEqual([]);
      expect(performance.now() - beganMs).toBeGreaterThanOrEqual(timeoutMs);
    }
  });

  it('is none where the time has passed', () => {
    expect(selector.select(-5)).toEqual([]);
  });

  it('takes next to no CPU time', () => {
    selector.get(`${server.url}/nothing`);
    const before = process.cpuUsage();
    const beganMs = performance.now();
    expect(selector.select(300)).toEqual([]);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan((performance.now() - beganMs) / 2);
  });

  it('must be a time', () => {
    expect(() => selector.select(Number.NaN)).toThrow(/got NaN/);
  });

  it('can be without end only where a call can end it', () => {
    const alone = startSelector();
    expect(() => alone.select(Infinity)).toThrow(UsageError);
    alone.get(`${server.url}/ok`);
    expect(alone.select(Infinity)).toHaveLength(1);
    expect(() => alone.select(Infinity)).toThrow(/hold the thread for ever/);
    alone.close();
  });
});
