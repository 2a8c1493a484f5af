// What timers and callbacks cost on Node's own loop; prints nanoseconds for each.
// Usage: timers-node.mjs setImmediate|nextTick|queueMicrotask TIMERS CALLBACKS BATCH
// Timers are `setTimeout` and are measured with setImmediate only.
import { LONGEST_MS, delays, nanosecondsEach, waitUntilDue } from './timer-times.mjs';

const [kind, ...numbers] = process.argv.slice(2);
const [timers, callbacks, batch] = numbers.map(Number);
const nextTick = process.nextTick.bind(process);
const soon = { setImmediate, nextTick, queueMicrotask }[kind];

function timeTimers(number) {
  return new Promise((resolve) => {
    let left = number;
    let fired;
    const figures = {};
    const fire = () => {
      left -= 1;
      if (left > 0) return;
      figures.fireNs = fired();
      resolve(figures);
    };
    const list = delays(number);
    const added = nanosecondsEach(number);
    for (let index = 0; index < number; index += 1) setTimeout(fire, list[index]);
    figures.addNs = added();
    waitUntilDue(LONGEST_MS);
    fired = nanosecondsEach(number);
  });
}

function timeChain(number) {
  return new Promise((resolve) => {
    let left = number;
    const elapsed = nanosecondsEach(number);
    const next = () => {
      left -= 1;
      if (left === 0) resolve(elapsed());
      else soon(next);
    };
    soon(next);
  });
}

async function timeBatches(number) {
  const elapsed = nanosecondsEach(number);
  for (let done = 0; done < number; done += batch) {
    await new Promise((resolve) => {
      let left = batch;
      const one = () => {
        left -= 1;
        if (left === 0) resolve();
      };
      for (let index = 0; index < batch; index += 1) soon(one);
    });
  }
  return elapsed();
}

async function measure(most, others) {
  const ofTimers = kind === 'setImmediate' ? await timeTimers(most) : {};
  return { ...ofTimers, chainNs: await timeChain(others), batchNs: await timeBatches(others) };
}

// Once to warm up.
await measure(timers / 10, callbacks / 10);
console.log(JSON.stringify(await measure(timers, callbacks)));
