import type { Socket } from 'node:net';

/**
 * Pauses a socket that somebody else reads with `read` at each `readable`, as undici does. Its own way to pause is of no
 * use here: the server's end of a connection that it should close stops the process with an assertion while undici is
 * paused. A gate that is shut makes `read` find nothing, the end neither, so the socket fills up and the server waits.
 */
export class ReadGate {
  readonly #socket: Socket;
  #isShut = false;

  constructor(socket: Socket) {
    this.#socket = socket;
    const read = socket.read.bind(socket);
    socket.read = (size) => (this.#isShut ? null : (read(size) as unknown));
  }

  /** Whether the connection broke, in place of being ended by the server. */
  get isBroken(): boolean {
    return this.#socket.errored !== null;
  }

  /** Lets nothing more be read. */
  shut(): void {
    this.#isShut = true;
  }

  /** Lets the reader read on, soon: it must not be called while it takes what it has read. */
  open(): void {
    if (!this.#isShut) return;
    this.#isShut = false;
    process.nextTick(() => this.#socket.emit('readable'));
  }
}
