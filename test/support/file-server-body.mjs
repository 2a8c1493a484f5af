// Sends an answer as it is, or slowly, or only up to a byte. Waits for the peer and for whoever holds it back, and counts.
import { setTimeout as pause } from 'node:timers/promises';
import { Pacer } from '../../dist/server/pacer.js';

const AHEAD_MS = 20;

/**
 * Sends an answer with the changes that were asked for. `hold` is awaited at the byte it is asked for; `sent` hears of
 * each piece that the operating system took. Resolves to how it ended: with all of it sent, cut, or given up by the peer.
 */
export async function sendAnswer(connection, answer, change, { hold, sent }) {
  const { socket } = connection;
  const { holdAt, cutAfter, bytesPerSecond = Infinity } = change;
  if (holdAt === 'header') await hold();
  await write(socket, Buffer.from(answer.header, 'latin1'));
  const pacer = new Pacer(bytesPerSecond, performance.now());
  const most = Math.min(pacer.piece, 65_536);
  let position = 0;
  for (const piece of split(answer.pieces, [holdAt, cutAfter], most)) {
    if (socket.destroyed) return 'gone';
    if (position === holdAt) await hold();
    if (position === cutAfter) return cut(connection, change.cut);
    const delayMs = pacer.delay(piece.length, performance.now());
    if (delayMs > 0) await pause(delayMs);
    await write(socket, answer.chunked ? chunkOf(piece) : piece);
    position += piece.length;
    sent(piece.length);
  }
  if (position === cutAfter) return cut(connection, change.cut);
  if (answer.chunked) await write(socket, Buffer.from('0\r\n\r\n'));
  if (answer.closes) socket.end();
  return socket.destroyed ? 'gone' : 'whole';
}

/** Node takes a reset for an end where bytes came with it (libuv's short cut for a hang-up), so those go ahead. */
async function cut({ socket, rawSocket }, how = 'end') {
  if (how === 'reset') await pause(AHEAD_MS);
  if (how === 'reset') rawSocket.resetAndDestroy();
  else socket.end();
  return 'cut';
}

/** The same bytes in pieces of which none goes on over one of the positions. */
function* split(pieces, positions, most) {
  let position = 0;
  for (const piece of pieces) {
    const end = position + piece.length;
    while (position < end) {
      const edges = positions.filter((edge) => edge > position);
      const next = Math.min(end, position + most, ...edges);
      yield piece.subarray(piece.length - (end - position), piece.length - (end - next));
      position = next;
    }
  }
}

function chunkOf(piece) {
  return Buffer.concat([
    Buffer.from(`${piece.length.toString(16)}\r\n`),
    piece,
    Buffer.from('\r\n'),
  ]);
}

/** Resolves when the operating system has taken the bytes, or the connection is no more. */
function write(socket, bytes) {
  return new Promise((resolve) => {
    if (socket.destroyed) resolve();
    else socket.write(bytes, () => resolve());
  });
}
