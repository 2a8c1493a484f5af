const CONNECTIONS = 10_000;
const OTHER_FILES = 100;

/** The sentence that warns of a limit too low for 10,000 connections, or `undefined` where it is high enough. */
export function openFilesWarning(limit: number): string | undefined {
  if (limit >= CONNECTIONS + OTHER_FILES) return undefined;
  return (
    `this process may have ${limit.toLocaleString('en-US')} files and connections open at once, ` +
    `too few for 10,000 connections; raise the limit with: ulimit -n 20000`
  );
}
