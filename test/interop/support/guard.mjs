// Runs the program that its arguments name and ends it when the process that started this one is gone, however that
// came to its end. Most servers do not watch their parents.
import { spawn } from 'node:child_process';

const [file, ...words] = process.argv.slice(2);
const program = spawn(file, words, { stdio: ['ignore', 'inherit', 'inherit'] });
program.once('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(127);
});
program.once('exit', (code) => process.exit(code ?? 0));
process.once('disconnect', () => program.kill());
// Ctrl-C reaches every process of the terminal; this one ends after its program.
process.on('SIGINT', () => {});
