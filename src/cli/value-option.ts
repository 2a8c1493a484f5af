import { Option } from 'commander';
import { UsageError } from '../core/errors.js';

/** The value of an option that was not written, and how the help shows it where that differs. */
export interface Fallback {
  readonly value: unknown;
  readonly shown?: string;
}

/** An option that takes a value; what `parse` throws is told with the name of the option before it. */
export function valueOption<Value>(
  flags: string,
  description: string,
  parse: (text: string, before: Value | undefined) => Value,
  fallback?: Fallback,
): Option {
  const option = new Option(flags, description);
  option.argParser<Value | undefined>((text, before) => {
    try {
      return parse(text, before);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      throw new UsageError(`${option.long ?? flags}: ${error.message}`);
    }
  });
  return fallback === undefined ? option : option.default(fallback.value, fallback.shown);
}
