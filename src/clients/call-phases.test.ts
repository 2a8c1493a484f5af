import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { monotonicNow } from '../core/clock.js';
import { toRequest } from './call-options.js';
import { Connections } from './connections.js';

async function callAndTime(listener: RequestListener, calls: number) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const request = toRequest(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, {});
  const connections = new Connections();
  const seen: { connectedMs: number; firstByteMs: number; durationMs: number }[] = [];
  for (let index = 0; index < calls; index += 1) {
    const beganMs = monotonicNow();
    const { connectedMs = -1, firstByteMs = -1 } = await connections.call(request, index);
    seen.push({ connectedMs, firstByteMs, durationMs: monotonicNow() - beganMs });
  }
  await connections.close();
  server.closeAllConnections();
  server.close();
  return seen;
}

it('an answer tells when its connection and its header were there, in that order', async () => {
  const [first] = await callAndTime((_request, response) => response.end('1'), 1);
  expect(first?.connectedMs).toBeGreaterThan(0);
  expect(first?.firstByteMs).toBeGreaterThan(first?.connectedMs ?? Infinity);
  expect(first?.durationMs).toBeGreaterThanOrEqual(first?.firstByteMs ?? Infinity);
});

it('a connection that is there already takes less than one that is not', async () => {
  const seen = await callAndTime((_request, response) => response.end('1'), 6);
  const [cold = 0, ...warm] = seen.map((call) => call.connectedMs);
  expect(Math.min(...warm)).toBeLessThan(cold);
});

it('time that the server takes before its header is waiting, time after it is receiving', async () => {
  const heldMs: { beforeHeader: number; beforeEnd: number }[] = [];
  const [call] = await callAndTime((_request, response) => {
    const beganMs = monotonicNow();
    setTimeout(() => {
      response.write('[');
      const headerMs = monotonicNow();
      setTimeout(() => {
        heldMs.push({ beforeHeader: headerMs - beganMs, beforeEnd: monotonicNow() - headerMs });
        response.end(']');
      }, 30);
    }, 20);
  }, 1);
  const [held] = heldMs;
  if (call === undefined || held === undefined) return expect.fail('no call was made');
  expect(call.firstByteMs - call.connectedMs).toBeGreaterThanOrEqual(held.beforeHeader);
  expect(call.durationMs).toBeGreaterThanOrEqual(held.beforeHeader + held.beforeEnd);
  expect(call.firstByteMs).toBeLessThan(call.durationMs - held.beforeEnd / 2);
});
