// An echo server and a client of it, both on one loop and one thread. Whichever waits, the other has its turn.
import { EventLoop, connect, gather, listen, type Stream } from 'lwasync/loop';

function* echo(stream: Stream) {
  for (let bytes = yield* stream.read(); bytes !== undefined; bytes = yield* stream.read()) {
    yield* stream.write(bytes);
  }
}

const loop = new EventLoop();
loop.run(function* main() {
  const server = listen({ port: 0 }, echo);
  function* say(word: string) {
    const stream = yield* connect(server.address);
    try {
      yield* stream.write(`${word}\n`);
      const answer = yield* stream.readUntil('\n');
      return String(answer).trim();
    } finally {
      stream.close();
    }
  }
  const answers = yield* gather([say('one'), say('two'), say('three')]);
  console.log(answers.join(' '));
  yield* server.close();
});
loop.close();
