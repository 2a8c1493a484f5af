#!/usr/bin/env node
// Nothing is loaded before it is needed: to print the version takes no argument parser.
import { packageVersion } from '../core/version.js';

const ENDED_WITHOUT_READER = 'EPIPE';
let outputFault: NodeJS.ErrnoException | undefined;

// Whoever reads our output may stop reading, as `head` does; that is no fault, and the command still finishes its work.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== ENDED_WITHOUT_READER) outputFault = error;
  });
}

const words = process.argv.slice(2);
if (words.length === 1 && (words[0] === '--version' || words[0] === '-V')) {
  process.stdout.write(`${packageVersion()}\n`);
} else {
  const { runCommandLine } = await import('./argument-parser.js');
  process.exitCode = await runCommandLine(words);
}
// What is wrong with the last write is told after it.
await new Promise((resolve) => {
  setImmediate(resolve);
});
if (outputFault !== undefined) {
  const { writeFaultCode } = await import('./write-fault.js');
  process.stderr.write(`lwasync: the output could not be written: ${outputFault.message}\n`);
  process.exitCode = writeFaultCode(outputFault);
}
