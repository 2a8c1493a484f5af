// N calls in flight together, batch after batch on the same connections, each made by one of several clients; prints the
// seconds of each batch, the CPU seconds of this process and of the server, and the seconds of connecting where the client
// tells them. It fails when a call does.
// Usage: in-flight.mjs URL N BATCHES run|host|node|undici SERVER_PID
import { Client } from 'undici';
import { toRequest } from '../../dist/clients/call-options.js';
import { Connections } from '../../dist/clients/connections.js';
import { LoopConnections } from '../../dist/clients/loop-connections.js';
import { EventLoop } from '../../dist/loop/index.js';
import { cpuSecondsOf } from './cpu-of.mjs';

const [url, n, count, kind, server] = process.argv.slice(2);
const [number, batches] = [Number(n), Number(count)];
const TIMEOUT_MS = 60_000;
const request = toRequest(url, { timeoutMs: TIMEOUT_MS });

function watch(connecting) {
  const serverS = cpuSecondsOf(server);
  const before = process.cpuUsage();
  const beganMs = performance.now();
  return () => {
    const seconds = (performance.now() - beganMs) / 1000;
    const { user, system } = process.cpuUsage(before);
    const connectingS = connecting && connecting().durationMs / 1000;
    const serverCpuSeconds = cpuSecondsOf(server) - serverS;
    return { seconds, cpuSeconds: (user + system) / 1e6, serverCpuSeconds, connectingS };
  };
}

function onOwnLoop() {
  const loop = new EventLoop();
  return loop.run(function* main() {
    const connections = new LoopConnections(loop);
    const figures = [];
    for (let batch = 0; batch < batches; batch += 1) {
      const look = watch(() => connections.connecting());
      const calls = Array.from({ length: number }, (_, index) => connections.call(request, index));
      for (const call of calls) yield* call;
      figures.push(look());
    }
    connections.close();
    return figures;
  });
}

async function inBatches(call, connecting) {
  const figures = [];
  for (let batch = 0; batch < batches; batch += 1) {
    const look = watch(connecting);
    await Promise.all(Array.from({ length: number }, (_, index) => call(index)));
    figures.push(look());
  }
  return figures;
}

async function withConnections(connections) {
  const call = (index) => connections.call(request, index);
  const figures = await inBatches(call, () => connections.connecting());
  await connections.close();
  return figures;
}

async function withUndici() {
  const { origin, pathname: path } = new URL(url);
  const options = { connect: { timeout: TIMEOUT_MS }, keepAliveTimeout: TIMEOUT_MS };
  const clients = Array.from({ length: number }, () => new Client(origin, options));
  const figures = await inBatches(async (index) => {
    const { statusCode, body } = await clients[index].request({ path, method: 'GET' });
    if (statusCode !== 200) throw new Error(`error: status ${statusCode}`);
    return body.json();
  });
  await Promise.all(clients.map((client) => client.destroy()));
  return figures;
}

const kinds = {
  run: onOwnLoop,
  host: () => {
    const loop = new EventLoop();
    return loop.host(() => withConnections(new LoopConnections(loop)));
  },
  node: () => withConnections(new Connections()),
  undici: withUndici,
};
console.log(JSON.stringify(await kinds[kind]()));
