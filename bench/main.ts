import { readFileSync } from 'node:fs';
import { setMaxListeners } from 'node:events';
import { renderDocument, writeDocument, type Chapter } from './document.js';
import { download } from './download/group.js';
import { echo } from './echo/group.js';
import type { Group } from './group.js';
import { inFlight } from './in-flight/group.js';
import { at, parseJson } from './json.js';
import { describeMachine } from './machine.js';
import { mainJob } from './main-job/group.js';
import { needsLoop } from './needs-loop.js';
import { BenchUsageError, parseBenchOptions, type BenchOptions } from './options.js';
import { describePeers, detectPeers } from './peers.js';
import { ownCost } from './own-cost/group.js';
import { perRequest } from './per-request/group.js';
import { timers } from './timers/group.js';

/** Every group of benchmarks, in the order in which they are measured and stand in the document. */
const GROUPS: readonly Group[] = [
  mainJob,
  ...[perRequest, ownCost, download, echo, timers, inFlight].map(needsLoop),
];

async function bench(options: BenchOptions, signal: AbortSignal): Promise<void> {
  const beganMs = performance.now();
  const progress = (text: string): void => {
    const seconds = Math.round((performance.now() - beganMs) / 1000);
    process.stderr.write(`bench: ${String(seconds).padStart(4)} s  ${text}\n`);
  };
  const machine = describeMachine();
  const peers = await detectPeers(signal);
  const versions: [string, string][] = [
    ['lwasync', lwasyncVersion()],
    ['Node.js', process.versions.node],
    ...describePeers(peers),
  ];
  for (const [name, version] of versions) progress(`${name}: ${version}`);
  const chapters: Chapter[] = [];
  const groups = GROUPS.filter(({ name }) => options.only === undefined || name === options.only);
  for (const group of groups) {
    progress(group.title);
    const blocks = await group.measure({ ...options, peers, signal, progress });
    chapters.push({ title: group.title, blocks });
  }
  const preamble = { date: new Date(), machine, versions };
  const text = await renderDocument(preamble, chapters, options.output);
  if (options.quick || options.only !== undefined) process.stdout.write(text);
  else {
    await writeDocument(options.output, text);
    progress(`wrote ${options.output}`);
  }
}

function lwasyncVersion(): string {
  const manifest = new URL('../../package.json', import.meta.url);
  const version = at(parseJson(readFileSync(manifest, 'utf8')), 'version');
  return typeof version === 'string' ? version : 'unknown';
}

const stop = new AbortController();
// Every program that is run listens to it in turn.
setMaxListeners(0, stop.signal);
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
try {
  const names = GROUPS.map(({ name }) => name);
  await bench(parseBenchOptions(process.argv.slice(2), names), stop.signal);
} catch (error) {
  if (stop.signal.aborted) {
    process.stderr.write('bench: stopped; nothing was written\n');
    process.exitCode = 130;
  } else if (error instanceof BenchUsageError) {
    process.stderr.write(`bench: ${error.message}\n`);
    process.exitCode = 2;
  } else {
    throw error;
  }
}
