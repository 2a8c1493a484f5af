import { cutToWidth } from './displayed-text.js';
import { isInteractive } from './terminal.js';

/** Says on standard error what is done as long as it is done, where somebody looks at it. */
export async function meanwhile<Result>(line: string, act: () => Promise<Result>): Promise<Result> {
  const isMoving = isInteractive(process.stderr, process.env);
  if (isMoving) process.stderr.write(cutToWidth(line, (process.stderr.columns ?? 80) - 1));
  try {
    return await act();
  } finally {
    if (isMoving) process.stderr.write('\r\u001b[2K');
  }
}
