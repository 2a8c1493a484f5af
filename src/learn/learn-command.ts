const isOfNpm = (process.env['npm_command'] ?? '') !== '';

/** `lwasync learn`, as whoever called it has to write it: npm tells in the environment that it was called by npx, or by a script. */
export const LEARN: string = isOfNpm ? 'npx lwasync learn' : 'lwasync learn';
