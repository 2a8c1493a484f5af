import { monotonicNow } from '../core/clock.js';
import { DownloadError } from '../core/download-error.js';
import { formatCount, formatDuration, formatSize } from '../core/format-units.js';
import type { Bytes } from '../core/units.js';
import { meaningOf, type AnswerMeaning } from './answer-check.js';
import { requestHeaders, type Resumption } from './resumption.js';
import { AnswerDeadline } from './answer-deadline.js';
import type { BatchContext } from './batch-context.js';
import { toDownloadError } from './disk-fault.js';
import type { FileState } from './file-state.js';
import type { PartFile } from './part-file.js';
import { pauseFor } from './pause-for.js';
import { restartFile } from './restart-file.js';
import type { AnswerHead, AnswerReceiver, Exchange } from './transport.js';
import { WayToFile } from './way-to-file.js';

/** What came of an attempt that failed in nothing: all bytes are there, or so many that others can follow, or none of use. */
export type AttemptOutcome =
  | { readonly kind: 'complete' }
  | { readonly kind: 'more' }
  | { readonly kind: 'again'; readonly reason: string };

/** Why a file begins again although nothing failed. */
const SENT_WHOLE = 'the server sent the whole file instead of the part that was missing';
const CHANGED = 'the file has changed on the server';

/**
 * One attempt to get what is missing of a file: a request, those that its redirects ask for, and the bytes of the answer.
 *
 * @throws {DownloadError} when it brought the file no further, or not to its end.
 */
export async function attemptDownload(
  state: FileState,
  part: PartFile,
  context: BatchContext,
): Promise<AttemptOutcome> {
  const { file } = state;
  const { settings } = context;
  const resumption = resumptionOf(state, part);
  const way = new WayToFile(file.url, { ...settings.headers, ...file.headers });
  // A small file comes in one piece, and only its successors can make good for it.
  const owedMs = context.limiter?.delay(0, monotonicNow()) ?? 0;
  if (owedMs >= 1) await pauseFor(owedMs, context.signal);
  state.attempts += 1;
  for (;;) {
    const transport = await context.transportFor(way.url);
    const answer = new FileAnswer(state, part, context, resumption);
    const headers = { ...way.headers, ...requestHeaders(resumption) };
    const exchange = transport.send({ method: 'GET', url: way.url, headers }, answer);
    await answer.follow(exchange);
    const { meaning } = answer;
    if (meaning?.kind !== 'redirect') return outcomeOf(meaning, part);
    way.follow(meaning.location);
  }
}

function resumptionOf(state: FileState, part: PartFile): Resumption | undefined {
  if (part.length === 0) return undefined;
  const { validator, sizeBytes } = part.version;
  return {
    offset: part.length,
    validator,
    sizeBytes,
    hasChecksum: state.file.checksum !== undefined,
  };
}

function outcomeOf(meaning: AnswerMeaning | undefined, part: PartFile): AttemptOutcome {
  if (meaning === undefined) throw new DownloadError('BAD_ANSWER', `no answer came`);
  if (meaning.kind === 'failed') throw meaning.error;
  if (meaning.kind === 'again') return meaning;
  if (meaning.kind === 'redirect' || meaning.kind === 'complete') return { kind: 'complete' };
  const { sizeBytes = part.length } = meaning;
  if (part.length === sizeBytes) {
    part.setVersion({ ...part.version, sizeBytes });
    return { kind: 'complete' };
  }
  // RFC 9110 section 15.3.7: a server may send less than was asked for.
  if (meaning.kind === 'part' && part.length === meaning.lastByte + 1) return { kind: 'more' };
  throw new DownloadError(
    'CONNECTION',
    `the answer ended after ${formatCount(part.length)} of ${formatCount(sizeBytes)} bytes`,
    { mayPass: true },
  );
}

/** Takes the answer to one request for a file: judges its header, writes its bytes, keeps the limits. */
class FileAnswer implements AnswerReceiver {
  meaning: AnswerMeaning | undefined;
  readonly #state: FileState;
  readonly #part: PartFile;
  readonly #context: BatchContext;
  readonly #resumption: Resumption | undefined;
  readonly #deadline: AnswerDeadline;
  #exchange: Exchange | undefined;
  #maxBytes: Bytes = 0;
  #checkedMs = monotonicNow();

  constructor(
    state: FileState,
    part: PartFile,
    context: BatchContext,
    resumption: Resumption | undefined,
  ) {
    this.#state = state;
    this.#part = part;
    this.#context = context;
    this.#resumption = resumption;
    const { timeoutMs, stallMs } = context.settings;
    this.#deadline = new AnswerDeadline(timeoutMs, stallMs, (kind) => {
      const message =
        kind === 'TIMEOUT'
          ? `no answer within ${formatDuration(timeoutMs)}`
          : `the connection stalled, less than 1 kB came in ${formatDuration(stallMs)}`;
      this.#exchange?.abort(new DownloadError(kind, message, { mayPass: true }));
    });
  }

  /** Resolves when the exchange is over; rejects with why it failed. */
  async follow(exchange: Exchange): Promise<void> {
    this.#exchange = exchange;
    const forget = this.#context.stoppable(exchange);
    try {
      await exchange.ended;
    } finally {
      forget();
      this.#deadline.end();
    }
  }

  head(head: AnswerHead): boolean {
    const { file } = this.#state;
    const hasChecksum = file.checksum !== undefined;
    const meaning = meaningOf(head, this.#resumption, { name: file.name, hasChecksum });
    this.meaning = meaning;
    if (meaning.kind === 'whole') this.#beginWhole(meaning);
    else if (meaning.kind === 'part') this.#beginPart(meaning);
    else {
      this.#deadline.end();
      return false;
    }
    this.#deadline.bodyBegins();
    this.#state.firstByteMs = this.#context.sinceBeginMs();
    return true;
  }

  body(bytes: Uint8Array, from: number, to: number): boolean {
    const count = to - from;
    if (this.#part.length + count > this.#maxBytes) throw this.#tooLarge();
    this.#part.write(bytes, from, to);
    this.#state.receivedBytes = this.#part.length;
    this.#state.fetchedBytes += count;
    const now = monotonicNow();
    this.#deadline.came(count, now);
    if (now - this.#checkedMs >= this.#context.settings.checkpointMs) this.#checkpoint(now);
    const delayMs = this.#context.limiter?.delay(count, now) ?? 0;
    if (delayMs < 1) return true;
    this.#deadline.pauseFor(delayMs, () => this.#exchange?.resume());
    return false;
  }

  #beginWhole(meaning: Extract<AnswerMeaning, { kind: 'whole' }>): void {
    const { sizeBytes, validator, digest } = meaning;
    const { file } = this.#state;
    if (this.#part.length > 0) {
      const isSame = validator?.value === this.#part.version.validator?.value;
      restartFile(this.#state, this.#part, this.#context, isSame ? SENT_WHOLE : CHANGED);
    }
    this.#part.setVersion({ validator, sizeBytes, checksum: file.checksum ?? digest });
    this.#begin(sizeBytes);
  }

  #beginPart({ lastByte, sizeBytes, digest }: Extract<AnswerMeaning, { kind: 'part' }>): void {
    const { version } = this.#part;
    const checksum = this.#state.file.checksum ?? version.checksum ?? digest;
    this.#part.setVersion({ ...version, sizeBytes, checksum });
    this.#begin(sizeBytes);
    // What comes in chunks may be more than the range that the server says it is; where that stands is not known.
    this.#maxBytes = lastByte + 1;
  }

  #begin(sizeBytes: Bytes | undefined): void {
    const { settings, space } = this.#context;
    const { file, resumedBytes } = this.#state;
    this.#state.sizeBytes = sizeBytes;
    this.#maxBytes = sizeBytes ?? settings.maxUntoldBytes;
    if (sizeBytes !== undefined) {
      if (sizeBytes > settings.maxBytes) throw this.#tooLarge();
      space.reserve(file.index, sizeBytes - resumedBytes);
    }
    const { name, shownUrl: url, index } = file;
    this.#context.emit({ kind: 'begun', index, name, url, sizeBytes, fromByte: this.#part.length });
  }

  // Not waited for: what it says is true of the bytes that are there now, whatever comes meanwhile.
  #checkpoint(now: number): void {
    this.#checkedMs = now;
    this.#part.checkpoint().catch((error: unknown) => {
      this.#exchange?.abort(toDownloadError(error));
    });
  }

  #tooLarge(): DownloadError {
    const { maxBytes, maxUntoldBytes } = this.#context.settings;
    if (this.#state.sizeBytes === undefined) {
      return new DownloadError(
        'TOO_LARGE',
        `the server does not say how long it is, and more than ${formatSize(maxUntoldBytes)} came; a larger --max-size lets it through`,
      );
    }
    if (this.#state.sizeBytes > maxBytes) {
      return new DownloadError(
        'TOO_LARGE',
        `it has ${formatSize(this.#state.sizeBytes)}, more than the ${formatSize(maxBytes)} of --max-size`,
      );
    }
    return new DownloadError('BAD_ANSWER', `more bytes came than the server said`);
  }
}
