// An echo server on the event loop of lwasync; prints its port.
// Usage: echo-lwasync.mjs run|host|async
// run and host: a generator for each connection, in either host; async: an async function for each, in Node's.
import { writeSync } from 'node:fs';
import { EventLoop, Future, listen } from '../../dist/loop/index.js';
import { endWithInput } from './end-with-input.mjs';

const kind = process.argv[2];
const loop = new EventLoop();

function* echo(stream) {
  for (let bytes = yield* stream.read(); bytes !== undefined; bytes = yield* stream.read()) {
    const written = stream.write(bytes);
    if (!written.isDone) yield* written;
  }
}

async function echoAsync(stream, ended) {
  for (let bytes = await stream.read(); bytes !== undefined; bytes = await stream.read()) {
    const written = stream.write(bytes);
    if (!written.isDone) await written;
  }
  ended.resolve(undefined);
}

function* handOver(stream) {
  const ended = new Future(loop);
  echoAsync(stream, ended).catch((error) => ended.reject(error));
  yield* ended;
}

function* main() {
  const handler = kind === 'async' ? handOver : echo;
  const server = listen({ port: 0 }, handler, { backlog: 4096 });
  writeSync(1, `${server.address.port}\n`);
  yield* endWithInput(loop);
}

if (kind === 'run') loop.run(main);
else await loop.host(main);
