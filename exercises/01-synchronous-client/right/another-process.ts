import { execFileSync } from 'node:child_process';

const PROGRAM = 'fetch(process.argv[1]).then(async (answer) => console.log(await answer.text()))';

export function makeOneCall(url: string): unknown {
  return JSON.parse(execFileSync(process.execPath, ['-e', PROGRAM, url], { encoding: 'utf8' }));
}

export function makeManyCalls(number: number, url: string): unknown[] {
  return Array.from({ length: number }, () => makeOneCall(url));
}
