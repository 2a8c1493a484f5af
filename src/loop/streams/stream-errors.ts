import { LwasyncError } from '../../core/errors.js';

/** The stream was closed on this side while, or before, something was asked of it. */
export class StreamClosedError extends LwasyncError {
  readonly code = 'STREAM_CLOSED';

  constructor() {
    super('the stream is closed');
  }
}

/** The other side ended the stream before what was asked for had come. */
export class StreamEndedError extends LwasyncError {
  readonly code = 'STREAM_ENDED';

  constructor(wanted: string, received: number) {
    super(`the stream ended after ${received} bytes, before ${wanted}`);
  }
}

/** What was asked for did not come within the number of bytes that was allowed. */
export class StreamLimitError extends LwasyncError {
  readonly code = 'STREAM_LIMIT';

  constructor(most: number) {
    super(`no delimiter came within ${most} bytes`);
  }
}
