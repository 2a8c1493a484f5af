/**
 * The root of every error that lwasync throws on purpose. `code` is stable and meant for programs, `message` is one
 * sentence meant for people. Anything else that is thrown is a fault of ours.
 */
export abstract class LwasyncError extends Error {
  abstract readonly code: string;
  override get name(): string {
    return this.constructor.name;
  }
}

/** Something the caller wrote cannot be used as it is; the message says what to write instead. Exit code 2. */
export class UsageError extends LwasyncError {
  readonly code = 'USAGE';
}

/** A module lacks a function that its text let expect, as with `export *`; whoever has another way to go can go that. */
export class MissingExportError extends UsageError {
  /** What is missing, to follow a colon. */
  readonly reason: string;

  constructor(message: string, reason: string) {
    super(message);
    this.reason = reason;
  }
}

/** A part of lwasync that runs in another thread or process did not start or did not answer in time. */
export class UnavailableError extends LwasyncError {
  readonly code = 'UNAVAILABLE';
}

/** The sentence of whatever was thrown: the message of an error, or the thing itself as text. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** The first line of that sentence. */
export function firstLine(thrown: unknown): string {
  return messageOf(thrown).split('\n', 1)[0] ?? '';
}
