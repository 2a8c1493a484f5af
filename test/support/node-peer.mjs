// A peer made of Node's own sockets. It reads slowly and answers with the digest of what came; with `reset` as first word it
// breaks off instead, when the first bytes come.
import { createHash } from 'node:crypto';
import { createServer } from 'node:net';

const server = createServer({ allowHalfOpen: true }, (socket) => {
  const digest = createHash('sha256');
  socket.on('error', () => {});
  socket.on('data', (bytes) => {
    if (process.argv[2] === 'reset') {
      socket.resetAndDestroy();
      return;
    }
    digest.update(bytes);
    socket.pause();
    setImmediate(() => socket.resume());
  });
  socket.on('end', () => socket.end(digest.digest('hex')));
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
