// Requests through autocannon: a run to warm up, then the one that counts, in the same process and on its only thread.
// Usage: load-autocannon.mjs URL CONNECTIONS WARMUP_S MEASURED_S AUTOCANNON, the last being the path of its program
import { realpathSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { readWords } from './load-window.mjs';

const { url, connections, warmupS, measuredS, kind: program } = readWords();
const { default: autocannon } = await import(pathToFileURL(realpathSync(program)).href);

async function run(duration) {
  const result = await autocannon({ url, connections, duration });
  const failed = result.errors + result.timeouts + result.non2xx;
  if (failed > 0) throw new Error(`error: ${failed} requests failed`);
  return result;
}

await run(Math.max(1, warmupS));
const before = process.cpuUsage();
const beganMs = performance.now();
const result = await run(measuredS);
const seconds = (performance.now() - beganMs) / 1000;
const { user, system } = process.cpuUsage(before);
const figures = { requests: result['2xx'], seconds, cpuSeconds: (user + system) / 1e6 };
console.log(JSON.stringify(figures));
