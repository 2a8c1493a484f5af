// Requests through the clients of lwasync, one after another on each connection; prints figures of the part that counts.
// Usage: load-lwasync.mjs URL CONNECTIONS WARMUP_S MEASURED_S run|host|node json|raw
import { toRequest } from '../../dist/clients/call-options.js';
import { Connections } from '../../dist/clients/connections.js';
import { LoopConnections } from '../../dist/clients/loop-connections.js';
import { EventLoop, gather } from '../../dist/loop/index.js';
import { onNode, openWindow, readWords } from './load-window.mjs';

const { url, connections: number, warmupS, measuredS, kind, decodes } = readWords();
const request = toRequest(url, { parse: decodes });

function withGenerators(loop) {
  return function* main() {
    const window = openWindow((ms, next) => loop.callLater(ms, next), warmupS, measuredS);
    const connections = new LoopConnections(loop);
    function* lane() {
      while (!window.isOver) {
        yield* connections.call(request, 0);
        window.completed += 1;
      }
    }
    yield* gather(Array.from({ length: number }, () => lane));
    connections.close();
    return window.figures;
  };
}

async function withPromises(connections, later) {
  const window = openWindow(later, warmupS, measuredS);
  async function lane() {
    while (!window.isOver) {
      await connections.call(request, 0);
      window.completed += 1;
    }
  }
  await Promise.all(Array.from({ length: number }, lane));
  await connections.close();
  return window.figures;
}

async function measure() {
  if (kind === 'node') return withPromises(new Connections(), onNode);
  const loop = new EventLoop();
  if (kind === 'run') return loop.run(withGenerators(loop));
  const later = (ms, next) => loop.callLater(ms, next);
  return loop.host(() => withPromises(new LoopConnections(loop), later));
}

console.log(JSON.stringify(await measure()));
