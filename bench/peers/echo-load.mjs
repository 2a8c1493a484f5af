// Sends a message on each connection and, when it is back, again; prints the round trips of the part that counts, its
// seconds, and the CPU seconds of the server and of this process. On the event loop of lwasync without tasks and streams,
// since a generator that costs more than the server would measure itself.
// Usage: echo-load.mjs PORT CONNECTIONS WARMUP_S MEASURED_S SERVER_PID
import { EventLoop, Future, connect, gather, receive, send } from '../../dist/loop/index.js';
import { cpuSecondsOf } from './cpu-of.mjs';
import { openWindow } from './load-window.mjs';

const [port, number, warmupS, measuredS, server] = process.argv.slice(2);
const MESSAGE = Buffer.alloc(1024, 'The same bytes have to come back. ');
const EAGAIN = -11;
const scratch = Buffer.alloc(65_536);
const loop = new EventLoop();

function fail(why) {
  throw new Error(`error: ${why}`);
}

function pingPong(fd, window) {
  let missing = 0;
  const ping = () => {
    missing = MESSAGE.length;
    // A connection on which nothing waits takes a kilobyte.
    if (send(fd, MESSAGE) !== MESSAGE.length) fail('the message was not taken as a whole');
  };
  const reader = loop.addReader(fd, () => {
    const count = receive(fd, scratch, scratch.length);
    if (count === EAGAIN) return;
    if (count <= 0 || count > missing) fail(`${count} received`);
    const at = MESSAGE.length - missing;
    if (scratch.compare(MESSAGE, at, at + count, 0, count) !== 0) fail('other bytes came back');
    missing -= count;
    if (missing > 0) return;
    window.completed += 1;
    if (window.isOver) reader.cancel();
    else ping();
  });
  ping();
}

const figures = loop.run(function* main() {
  const target = { host: '127.0.0.1', port: Number(port) };
  const open = function* open() {
    return yield* connect(target);
  };
  const streams = yield* gather(Array.from({ length: Number(number) }, () => open));
  const over = new Future(loop);
  const serverS = [];
  const later = (ms, next) =>
    loop.callLater(ms, () => {
      serverS.push(cpuSecondsOf(server));
      next();
      if (window.isOver) over.resolve(undefined);
    });
  const window = openWindow(later, Number(warmupS), Number(measuredS));
  for (const { fd } of streams) pingPong(fd, window);
  yield* over;
  return { ...window.figures, serverCpuSeconds: serverS[1] - serverS[0] };
});
console.log(JSON.stringify(figures));
