// A server with few descriptors. It greets each connection and holds it until its peer ends; one that sends a line is told how
// many were refused and how often the loop asked the operating system. With `full` as first word there is at first no
// descriptor left at all.
import { closeSync, openSync } from 'node:fs';
import { EventLoop, listen, sleep, startTask } from '../../dist/loop/index.js';

let selects = 0;
const loop = new EventLoop({ instrument: { beforeIoWait: () => (selects += 1) } });
const taken = [];

function takeAllBut(left) {
  try {
    for (;;) taken.push(openSync('/dev/null'));
  } catch {
    for (let count = 0; count < left; count += 1) closeSync(taken.pop());
  }
}

loop.run(function* main() {
  // What Node opens for the first thing it prints is open from now on.
  console.log('starting');
  if (process.argv[2] === 'full') takeAllBut(1);
  const server = listen({ port: 0 }, function* greet(stream) {
    yield* stream.write('hello');
    for (let bytes = yield* stream.read(); bytes !== undefined; bytes = yield* stream.read()) {
      yield* stream.write(JSON.stringify({ refused: server.refused, selects }));
    }
  });
  console.log(server.address.port);
  if (taken.length > 0) {
    startTask(function* free() {
      yield* sleep(350);
      for (const fd of taken) closeSync(fd);
    });
  }
  yield* sleep(60_000);
});
