// What recording adds to a call that does nothing: the loop with it minus the same loop without; prints nanoseconds a call.
// Usage: recording.mjs calls|load|histogram blocking|awaiting CALLS
import { CallColumns } from '../../dist/core/call-columns.js';
import { eachConcurrently } from '../../dist/core/concurrency.js';
import { LatencyHistogram } from '../../dist/core/latency-histogram.js';
import { LoadColumns } from '../../dist/core/load-columns.js';
import { LoadLog } from '../../dist/experiment/load-in-thread.js';
import { Recorder } from '../../dist/measure/recorder.js';
import { nanosecondsEach } from './timer-times.mjs';

const [kind, manner, calls] = process.argv.slice(2);
const IN_FLIGHT = 50;
// As with a duration of ten seconds.
const LAYOUT = { bucketMs: 100, intervalMs: undefined };
const LATENCIES = 1024;
const NOTHING = { status: 200, value: undefined };

async function timeCalls(number, once) {
  const elapsed = nanosecondsEach(number);
  if (manner === 'awaiting') await eachConcurrently(number, IN_FLIGHT, once);
  else for (let index = 0; index < number; index += 1) once(index);
  return elapsed();
}

function newLog(number) {
  if (kind === 'calls') return new CallColumns(number);
  return new LoadLog({ layout: LAYOUT, buffer: new LoadColumns(LAYOUT).buffer });
}

function recorded(number, call) {
  const failedFirst = (code, message) => {
    throw new Error(`error: ${code} ${message}`);
  };
  const log = newLog(number);
  const recorder = new Recorder(log, { failedFirst });
  const tally = () => (log instanceof CallColumns ? log : log.columns).tally();
  return { once: recorder[manner](call), tally };
}

async function addedByRecorder(number) {
  const call = manner === 'awaiting' ? () => Promise.resolve(NOTHING) : () => NOTHING;
  // Awaited in an async function as the recorder does, so that what remains is recording and not one more promise.
  const bare = manner === 'awaiting' ? async (index) => void (await call(index)) : call;
  const without = await timeCalls(number, bare);
  const { once, tally } = recorded(number, call);
  const withIt = await timeCalls(number, once);
  if (tally().ok !== number) throw new Error(`error: ${tally().ok} of ${number} were recorded`);
  return withIt - without;
}

// From 50 µs to 5 ms, as many of them as fit a cache.
const latencies = Float64Array.from({ length: LATENCIES }, () => 0.05 * 100 ** Math.random());

function sumUp(number) {
  let sum = 0;
  for (let index = 0; index < number; index += 1) sum += latencies[index % LATENCIES];
  return sum;
}

function noteAll(number, histogram) {
  for (let index = 0; index < number; index += 1) histogram.record(latencies[index % LATENCIES]);
  return histogram.count();
}

function addedByHistogram(number) {
  let elapsed = nanosecondsEach(number);
  const sum = sumUp(number);
  const without = elapsed();
  const histogram = new LatencyHistogram();
  elapsed = nanosecondsEach(number);
  const count = noteAll(number, histogram);
  const withIt = elapsed();
  if (count !== number || !(sum > 0)) throw new Error('error: some are missing');
  return withIt - without;
}

const added = kind === 'histogram' ? addedByHistogram : addedByRecorder;
// Twice to warm up.
await added(Number(calls));
await added(Number(calls));
console.log(JSON.stringify({ addedNs: await added(Number(calls)) }));
