// A refused connection makes its descriptor ready for reading and writing at once. A loop that waits for exactly "writable"
// passes it over in every pass, for ever, and whoever wanted to connect is never told.
import { EpollSelector, EventLoop, READ, SystemError, WRITE, connect, listen } from 'lwasync/loop';
import { closeDescriptor, openSocket, startConnect } from 'lwasync/loop';

const loop = new EventLoop();
loop.run(function* main() {
  const server = listen({ port: 0 }, function* nobody() {});
  const { address } = server;
  // From now on nothing listens there.
  yield* server.close();

  const selector = new EpollSelector();
  const fd = openSocket(address);
  startConnect(fd, address);
  selector.watch(fd, READ + WRITE);
  let passes = 0;
  let isTold = false;
  while (!isTold && passes < 1000) {
    const count = selector.select(1000);
    isTold = count > 0 && selector.readiness(0) === WRITE;
    passes += 1;
  }
  closeDescriptor(fd);
  selector.close();
  console.log(`naive: ${passes} passes, ${isTold ? 'told' : 'and nobody was told'}`);

  try {
    yield* connect(address);
  } catch (error) {
    console.log(`this loop: ${error instanceof SystemError ? error.code : String(error)}`);
  }
});
loop.close();
