import type { Bytes } from '../core/units.js';
import type { AnswerParser } from '../http/answer-parser.js';
import type { EventLoop } from '../loop/event-loop.js';
import type { Handle } from '../loop/handle.js';
import { AGAIN, closeDescriptor, receive, send } from '../loop/system/sockets.js';
import { SystemError } from '../loop/system/system-error.js';
import type { LoopCall } from './loop-call.js';
import type { ParserStock } from './parser-stock.js';

/** What a connection tells those who keep it. */
export interface ConnectionKeeper {
  /** It can take another call. */
  becameIdle(connection: LoopConnection): void;
  /** It is closed. */
  isGone(connection: LoopConnection): void;
}

const SCRATCH_BYTES: Bytes = 65_536;
// What is received is used up within the callback, so all connections of a thread share the memory.
const scratch = new Uint8Array(SCRATCH_BYTES);
const NO_BODY = Buffer.alloc(0);

/** A connection to a server: one call at a time. Its descriptor stays registered, busy or idle, so that an end is seen. */
export class LoopConnection {
  readonly origin: string;
  /** The call it is busy with. */
  call: LoopCall | undefined;
  readonly #loop: EventLoop;
  readonly #fd: number;
  readonly #keeper: ConnectionKeeper;
  readonly #parsers: ParserStock;
  // That of the answer that is coming in.
  #parser: AnswerParser | undefined;
  readonly #reader: Handle;
  #writer: Handle | undefined;
  #unsent: Uint8Array | undefined;
  #isClosed = false;

  /** Takes over a connected socket. */
  constructor(
    loop: EventLoop,
    fd: number,
    origin: string,
    parsers: ParserStock,
    keeper: ConnectionKeeper,
  ) {
    this.#loop = loop;
    this.#fd = fd;
    this.origin = origin;
    this.#keeper = keeper;
    this.#parsers = parsers;
    this.#reader = loop.addReader(fd, this.#onReadable);
  }

  /** Whether it can take a call. */
  get isIdle(): boolean {
    return this.call === undefined;
  }

  /** Sends the request of a call; its answer settles the call. */
  begin(call: LoopCall, bytes: Uint8Array): void {
    this.call = call;
    call.giveUp = this.#giveUp;
    const sent = send(this.#fd, bytes);
    if (sent !== bytes.length) this.#sendRest(bytes, sent);
  }

  /** Whether the other side has ended it, or said something unasked, while nobody looked. */
  isStale(): boolean {
    const count = receive(this.#fd, scratch, SCRATCH_BYTES);
    if (count !== AGAIN) this.close();
    return count !== AGAIN;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#reader.cancel();
    this.#writer?.cancel();
    closeDescriptor(this.#fd);
    this.#keeper.isGone(this);
  }

  // Of a call that was given up an answer may still come, so its connection is of no further use.
  readonly #giveUp = (): void => {
    this.call = undefined;
    this.close();
  };

  readonly #onReadable = (): void => {
    const count = receive(this.#fd, scratch, SCRATCH_BYTES);
    if (count === AGAIN) return;
    const call = this.call;
    // Nobody waits for an answer: the server ended the idle connection, or speaks unasked.
    if (call === undefined) {
      this.close();
      return;
    }
    try {
      if (count < 0) throw new SystemError('recv', -count);
      this.#take(call, count);
    } catch (error) {
      call.fail(error);
    }
  };

  #take(call: LoopCall, count: number): void {
    this.#parser ??= this.#beginParser(call);
    const parser = this.#parser;
    let used = 0;
    if (count === 0) parser.end();
    else used = parser.feed(scratch, count);
    if (!parser.isComplete) return;
    this.call = undefined;
    call.giveUp = undefined;
    // An answer before the whole request was sent ends the connection: the rest would be read as another request.
    const isDone = used === count && this.#unsent === undefined;
    if (parser.keepsAlive && isDone && call.request.keepAlive) {
      this.#keeper.becameIdle(this);
    } else {
      this.close();
    }
    this.#parser = undefined;
    const body = call.request.parse ? parser.body() : NO_BODY;
    this.#parsers.giveBack(parser);
    call.complete(parser.status, body, parser.bodyBytes, parser.notes);
  }

  #beginParser({ request }: LoopCall): AnswerParser {
    const parser = this.#parsers.take(request.maxAnswerBytes);
    parser.begin(request.method, request.parse);
    return parser;
  }

  #sendRest(bytes: Uint8Array, sent: number): void {
    if (sent < 0 && sent !== AGAIN) {
      this.call?.fail(new SystemError('send', -sent));
      return;
    }
    this.#unsent = bytes.subarray(Math.max(0, sent));
    this.#writer = this.#loop.addWriter(this.#fd, this.#onWritable);
  }

  readonly #onWritable = (): void => {
    const unsent = this.#unsent ?? new Uint8Array();
    const sent = send(this.#fd, unsent);
    if (sent === AGAIN) return;
    if (sent < 0) {
      this.call?.fail(new SystemError('send', -sent));
      return;
    }
    this.#unsent = sent === unsent.length ? undefined : unsent.subarray(sent);
    if (this.#unsent !== undefined) return;
    this.#writer?.cancel();
    this.#writer = undefined;
  };
}
