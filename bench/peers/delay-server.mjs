// Answers every request 200 ms after it came; prints its port. One callback a request and no task, stream or parser, so
// that it costs little beside the clients. A request is taken to come in one piece, which short ones on loopback do.
// Usage: delay-server.mjs LATENCY_MS
import { writeSync } from 'node:fs';
import { EventLoop, Future, listen, receive, send } from '../../dist/loop/index.js';
import { endWithInput } from './end-with-input.mjs';

const latencyMs = Number(process.argv[2]);
const body = '{"message":"Hello World","time":1763935169.123}';
const answer = Buffer.from(
  'HTTP/1.1 200 OK\r\nServer: delay\r\nContent-Type: application/json\r\n' +
    `Content-Length: ${body.length}\r\nConnection: keep-alive\r\n\r\n${body}`,
);
const EAGAIN = -11;
const scratch = new Uint8Array(65_536);
const loop = new EventLoop();

function* serve({ fd }) {
  const ended = new Future(loop);
  let isOpen = true;
  const reply = () => {
    if (isOpen) send(fd, answer);
  };
  const reader = loop.addReader(fd, () => {
    const count = receive(fd, scratch, scratch.length);
    if (count === EAGAIN) return;
    if (count > 0) {
      loop.callLater(latencyMs, reply);
      return;
    }
    isOpen = false;
    reader.cancel();
    ended.resolve(undefined);
  });
  yield* ended;
}

loop.run(function* main() {
  const server = listen({ port: 0 }, serve, { backlog: 4096 });
  writeSync(1, `${server.address.port}\n`);
  yield* endWithInput(loop);
});
