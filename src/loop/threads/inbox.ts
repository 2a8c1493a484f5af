import { writeSync } from 'node:fs';
import { MessageChannel, receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import { LwasyncError } from '../../core/errors.js';
import type { Handle } from '../handle.js';
import { NONBLOCK_CLOEXEC } from '../system/descriptor-flags.js';
import { libc } from '../system/libc.js';
import { closeDescriptor } from '../system/sockets.js';
import { succeeded } from '../system/system-error.js';
import { currentLoop } from '../tasks/running.js';

// What the receiver is doing. Only one sender at a time writes to the descriptor, and none does once the inbox is closed,
// when the number may stand for another file.
const SLEEPS = 0;
const IS_BEING_WOKEN = 1;
const IS_AWAKE = 2;
const IS_CLOSED = 3;
// A sender holds the descriptor for microseconds; one that was terminated in the midst of it never lets go.
const SENDER_MS = 100;
const MOST_A_PASS = 256;

/** What another thread needs to send: hand it over with `port` in the transfer list, then give it to `sendTo`. */
export interface SenderData<Message = unknown> {
  readonly port: MessagePort;
  readonly state: SharedArrayBuffer;
  readonly wakeFd: number;
  /** Never there: it tells the compiler what may be sent. */
  readonly message?: Message;
}

/** The inbox is closed; the message was not sent. */
export class InboxClosedError extends LwasyncError {
  readonly code = 'INBOX_CLOSED';

  constructor() {
    super('the inbox is closed');
  }
}

/** Messages from other threads, given to a handler by the loop. */
export interface Inbox<Message = unknown> {
  /** For one other thread; each has messages in the order in which it sent them. */
  readonly sender: SenderData<Message>;
  /** Ends it. Messages that are under way are lost. */
  close(): void;
}

/** Lets another thread send to the loop that runs here: `handler` is called in it for each message. */
export function openInbox<Message = unknown>(handler: (message: Message) => void): Inbox<Message> {
  const loop = currentLoop();
  const wakeFd = succeeded(libc().eventfd(0, NONBLOCK_CLOEXEC), 'eventfd');
  const { port1, port2 } = new MessageChannel();
  const shared = new SharedArrayBuffer(4);
  const state = new Int32Array(shared);
  const counter = new BigUint64Array(1);
  // The loop, not Node, keeps the process alive for it.
  port1.unref();
  let again: Handle | undefined;
  // One at a time, or each wake would add another to those that wait for their turn.
  const receiveAgain = (): void => {
    again?.cancel();
    again = loop.callSoon(receive);
  };
  const receive = (): void => {
    for (let received = 0; received < MOST_A_PASS && !reader.isCancelled; received += 1) {
      const next = receiveMessageOnPort(port1);
      if (next === undefined) return;
      try {
        handler(next.message);
      } catch (error) {
        receiveAgain();
        throw error;
      }
    }
    // Others have their turn first.
    if (!reader.isCancelled) receiveAgain();
  };
  const reader: Handle = loop.addReader(wakeFd, () => {
    libc().read(wakeFd, counter, 8);
    waitForSender(state);
    // Before the port is looked at: what comes later wakes anew.
    Atomics.store(state, 0, SLEEPS);
    receive();
  });
  return {
    sender: { port: port2, state: shared, wakeFd },
    close: () => {
      if (reader.isCancelled) return;
      reader.cancel();
      again?.cancel();
      const isFree = markClosed(state);
      port1.close();
      // Rather one descriptor too many than bytes in somebody else's file.
      if (isFree) closeDescriptor(wakeFd);
    },
  };
}

/**
 * Sends a message from whichever thread holds `sender`. Messages are cloned, or moved where `transfer` names them.
 *
 * @throws {InboxClosedError} when nobody receives any more.
 */
export function sendTo<Message>(
  sender: SenderData<Message>,
  message: Message,
  transfer: readonly MessagePort[] = [],
): void {
  const state = new Int32Array(sender.state);
  if (Atomics.load(state, 0) === IS_CLOSED) throw new InboxClosedError();
  sender.port.postMessage(message, transfer);
  const before = Atomics.compareExchange(state, 0, SLEEPS, IS_BEING_WOKEN);
  if (before === IS_CLOSED) throw new InboxClosedError();
  if (before !== SLEEPS) return;
  writeSync(sender.wakeFd, ONE);
  Atomics.compareExchange(state, 0, IS_BEING_WOKEN, IS_AWAKE);
  Atomics.notify(state, 0);
}

// What an event descriptor counts up by: 64 bits in the byte order of the processor.
const ONE = new Uint8Array(new BigUint64Array([1n]).buffer);

/** Returns false when a sender holds the descriptor and does not let go. */
function waitForSender(state: Int32Array<SharedArrayBuffer>): boolean {
  return Atomics.wait(state, 0, IS_BEING_WOKEN, SENDER_MS) !== 'timed-out';
}

/** Returns whether no sender holds the descriptor, nor will. */
function markClosed(state: Int32Array<SharedArrayBuffer>): boolean {
  while (waitForSender(state)) {
    // Another sender may have come in between.
    for (const free of [SLEEPS, IS_AWAKE]) {
      if (Atomics.compareExchange(state, 0, free, IS_CLOSED) === free) return true;
    }
  }
  Atomics.store(state, 0, IS_CLOSED);
  return false;
}
