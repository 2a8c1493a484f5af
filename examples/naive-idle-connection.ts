// Watching a connection for reading and writing all the time looks harmless. But a connection on which nothing happens can
// be written to, so the loop is told so, again and again, and never sleeps.
import { EpollSelector, EventLoop, READ, WRITE, connect, listen, sleep } from 'lwasync/loop';

const WATCHED_MS = 200;

function countSelects(interest: number): number {
  let selects = 0;
  const loop = new EventLoop();
  loop.run(function* main() {
    const server = listen({ port: 0 }, function* idle() {
      yield* sleep(60_000);
    });
    const stream = yield* connect(server.address);
    const selector = new EpollSelector();
    selector.watch(stream.fd, interest);
    const endMs = performance.now() + WATCHED_MS;
    for (let leftMs = WATCHED_MS; leftMs > 0; leftMs = endMs - performance.now()) {
      selector.select(leftMs);
      selects += 1;
    }
    selector.close();
    stream.close();
    yield* server.close();
  });
  loop.close();
  return selects;
}

console.log(
  `watched for both:    ${countSelects(READ + WRITE) > 1000 ? 'thousands of' : 'few'} selects`,
);
console.log(`watched for reading: ${countSelects(READ) <= 3 ? 'one or two' : 'many'} selects`);
