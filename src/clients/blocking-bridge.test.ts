import { afterAll, beforeAll, expect, it } from 'vitest';
import { startFaultServer, type FaultServer } from '../../test/support/fault-server.js';
import { UnavailableError } from '../core/errors.js';
import { BlockingBridge } from './blocking-bridge.js';
import { CALLS_THREAD, type CallQuestion, type CallReply } from './bridged-calls.js';
import { toRequest } from './call-options.js';

let server: FaultServer;
let bridge: BlockingBridge<CallQuestion, CallReply>;
beforeAll(async () => {
  server = await startFaultServer();
  bridge = new BlockingBridge(CALLS_THREAD);
});
afterAll(async () => {
  bridge.close();
  await server.close();
});

function call(path: string, index = 0): CallQuestion {
  return { kind: 'call', pool: 1, request: toRequest(server.url + path), index };
}

it('is ready once it is made', () => {
  expect(bridge.ask({ kind: 'echo' }, 1000)).toEqual({ kind: 'done' });
});

it('drops the answer to a question that was given up, and returns the one that was asked for', () => {
  expect(() => bridge.ask(call('/together?2'), 30)).toThrow(UnavailableError);
  // This second call lets the first one be answered too, and before it.
  const answer = bridge.ask(call('/together?2', 1), 5000);
  expect(answer).toMatchObject({
    kind: 'answered',
    answer: { status: 200, value: { together: 2 } },
  });
  expect(bridge.ask({ kind: 'echo' }, 1000)).toEqual({ kind: 'done' });
});

it('never waits for ever, whatever the other thread does', () => {
  expect(() => bridge.ask(call('/nothing'), 30)).toThrow(/did not answer within 30/);
});

it('carries a failure over as plain data', () => {
  expect(bridge.ask(call('/500'), 5000)).toMatchObject({
    kind: 'failed',
    error: { code: 'HTTP_STATUS', status: 500 },
  });
});

it('tells how many connections were set up since it was last asked', () => {
  bridge.ask({ kind: 'connecting', pool: 1 }, 1000);
  bridge.ask({ ...call('/ok'), pool: 2 }, 5000);
  bridge.ask({ ...call('/ok'), pool: 2 }, 5000);
  expect(bridge.ask({ kind: 'connecting', pool: 2 }, 1000)).toMatchObject({
    connecting: { connections: 1 },
  });
  expect(bridge.ask({ kind: 'connecting', pool: 2 }, 1000)).toMatchObject({
    connecting: { connections: 0 },
  });
});
