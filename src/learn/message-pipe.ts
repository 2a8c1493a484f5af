import type { Duplex } from 'node:stream';
import { deserialize, serialize } from 'node:v8';

/** What is told of a pipe. */
export interface MessagePipeListener<Received> {
  onMessage(message: Received): void;
  /** The other end is gone, or sent what is no message; once, and nothing comes any more. */
  onEnd(): void;
}

const LENGTH_BYTES = 4;
// Far more than an answer of any exercise takes; a length beyond it is none.
const MOST_BYTES = 64 * 2 ** 20;

/**
 * One end of a pipe between two processes that send values to each other, each as its length in bytes and its copy. Node's own
 * channel between processes ends the reading process with an error that nobody can catch, or waits for ever, when the other
 * writes something else into it.
 */
export class MessagePipe<Sent extends object, Received extends object> {
  readonly #stream: Duplex;
  readonly #listener: MessagePipeListener<Received>;
  readonly #chunks: Buffer[] = [];
  #bytes = 0;
  #isOver = false;

  constructor(stream: Duplex, listener: MessagePipeListener<Received>) {
    this.#stream = stream;
    this.#listener = listener;
    stream.on('data', (bytes: Buffer) => this.#take(bytes));
    stream.on('close', () => this.#end());
    // What is wrong with it closes it.
    stream.on('error', () => {});
  }

  /** Whether the other end has not yet taken what was sent. */
  get isFull(): boolean {
    return this.#stream.writableNeedDrain;
  }

  /** @throws when the value cannot be copied. */
  send(message: Sent): void {
    const copy = serialize(message);
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32LE(copy.length);
    this.#stream.write(Buffer.concat([length, copy]));
  }

  close(): void {
    this.#stream.destroy();
  }

  #take(bytes: Buffer): void {
    this.#chunks.push(bytes);
    this.#bytes += bytes.length;
    while (!this.#isOver && this.#bytes >= LENGTH_BYTES) {
      const end = LENGTH_BYTES + this.#peekLength();
      if (end > MOST_BYTES) this.#stream.destroy();
      if (end > this.#bytes || end > MOST_BYTES) return;
      const whole = this.#joined();
      const rest = whole.subarray(end);
      this.#chunks.splice(0, this.#chunks.length, rest);
      this.#bytes = rest.length;
      this.#takeCopy(whole.subarray(LENGTH_BYTES, end));
    }
  }

  #peekLength(): number {
    const [first] = this.#chunks;
    const isWhole = first !== undefined && first.length >= LENGTH_BYTES;
    return (isWhole ? first : this.#joined()).readUInt32LE();
  }

  #joined(): Buffer {
    const [first, ...others] = this.#chunks;
    return first !== undefined && others.length === 0 ? first : Buffer.concat(this.#chunks);
  }

  #takeCopy(copy: Buffer): void {
    const message = readMessage((): Received => deserialize(copy));
    if (message === undefined) this.#stream.destroy();
    else this.#listener.onMessage(message);
  }

  #end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#listener.onEnd();
  }
}

/** The message, or `undefined` where it is none. */
function readMessage<Message extends object>(read: () => Message): Message | undefined {
  try {
    const message = read();
    return typeof message === 'object' && message !== null ? message : undefined;
  } catch {
    return undefined;
  }
}
