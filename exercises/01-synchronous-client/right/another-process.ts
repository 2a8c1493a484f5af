import { execFileSync } from 'node:child_process';

const PROGRAM =
  "require('node:http').get(process.argv[1], (answer) => answer.pipe(process.stdout))";

export function makeOneCall(url: string): unknown {
  return JSON.parse(execFileSync(process.execPath, ['-e', PROGRAM, url], { encoding: 'utf8' }));
}

export function makeManyCalls(number: number, url: string): unknown[] {
  return Array.from({ length: number }, () => makeOneCall(url));
}
