import { LwasyncError } from '../../core/errors.js';
import type { Bytes } from '../../core/units.js';
import type { Coroutine } from '../tasks/coroutine.js';
import type { Future } from '../tasks/future.js';

/** More bytes came than were allowed to be kept. Allow more, or read them piece by piece. */
export class OutputLimitError extends LwasyncError {
  readonly code = 'OUTPUT_LIMIT';

  constructor(most: Bytes) {
    super(`more than ${most} bytes came, the most that were to be kept`);
  }
}

/** Reads to the end and keeps what comes in `pieces`, where it is also after a failure. Fails with an `OutputLimitError`. */
export function* collect(
  read: () => Future<Buffer | undefined>,
  pieces: Buffer[],
  most: Bytes,
): Coroutine<void> {
  let bytes = 0;
  for (let piece = yield* read(); piece !== undefined; piece = yield* read()) {
    bytes += piece.length;
    if (bytes > most) throw new OutputLimitError(most);
    pieces.push(piece);
  }
}
