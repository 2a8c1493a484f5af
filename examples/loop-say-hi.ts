// The exercise with both ends on this loop: a server that answers after 200 ms without blocking, and ten calls in flight
// together. Ten times 200 ms of waiting take about 200 ms.
import { manyCalls } from 'lwasync/client-on-loop';
import { EventLoop, listen, sleep, type Stream } from 'lwasync/loop';

function* sayHi(stream: Stream) {
  while ((yield* stream.readUntil('\r\n\r\n', 16_384)) !== undefined) {
    yield* sleep(200);
    const body = JSON.stringify({ message: 'Hello World', time: Date.now() / 1000 });
    yield* stream.write(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
  }
}

const loop = new EventLoop();
loop.run(function* main() {
  const server = listen({ port: 0 }, sayHi);
  const beganMs = loop.time();
  const port = 'port' in server.address ? server.address.port : 0;
  const answers = yield* manyCalls(10, `http://127.0.0.1:${port}/say-hi`);
  const tookMs = loop.time() - beganMs;
  console.log(`${answers.length} answers in about ${Math.round(tookMs / 100) * 100} ms`);
  yield* server.close();
});
loop.close();
