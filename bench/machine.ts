import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, machine, release, totalmem, type } from 'node:os';

/** This machine as a document names it: each fact with its name. */
export function describeMachine(): [name: string, value: string][] {
  return [
    ['CPU', `${cpus()[0]?.model.trim() ?? 'unknown'}, ${availableParallelism()} cores`],
    ['memory', `${(totalmem() / 2 ** 30).toFixed(1)} GiB`],
    ['OS', `${distribution()}${type()} ${release()} ${machine()}`],
    ['load before the run', loadavg()[0]?.toFixed(2) ?? 'unknown'],
  ];
}

function distribution(): string {
  try {
    const text = readFileSync('/etc/os-release', 'utf8');
    const name = /^PRETTY_NAME="?([^"\n]*)"?$/m.exec(text)?.[1];
    return name === undefined ? '' : `${name}, `;
  } catch {
    return '';
  }
}
