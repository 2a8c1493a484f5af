#!/usr/bin/env node
// Nothing is loaded before it is needed: to print the version takes no argument parser.
import { packageVersion } from '../core/version.js';

// Whoever reads our output may stop reading, as `head` does; that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

const words = process.argv.slice(2);
if (words.length === 1 && (words[0] === '--version' || words[0] === '-V')) {
  process.stdout.write(`${packageVersion()}\n`);
} else {
  const { runCommandLine } = await import('./argument-parser.js');
  process.exitCode = await runCommandLine(words);
}
