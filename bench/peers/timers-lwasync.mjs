// What timers and callbacks cost on the event loop of lwasync; prints nanoseconds for each.
// Usage: timers-lwasync.mjs run|host TIMERS CALLBACKS BATCH
import { EventLoop, Future } from '../../dist/loop/index.js';
import { LONGEST_MS, delays, nanosecondsEach, waitUntilDue } from './timer-times.mjs';

const [kind, ...numbers] = process.argv.slice(2);
const [timers, callbacks, batch] = numbers.map(Number);
const loop = new EventLoop();

function* timeTimers(number) {
  const all = new Future(loop);
  let left = number;
  const fire = () => {
    left -= 1;
    if (left === 0) all.resolve(undefined);
  };
  const list = delays(number);
  const added = nanosecondsEach(number);
  for (let index = 0; index < number; index += 1) loop.callLater(list[index], fire);
  const addNs = added();
  waitUntilDue(LONGEST_MS);
  const fired = nanosecondsEach(number);
  yield* all;
  return { addNs, fireNs: fired() };
}

function* timeChain(number) {
  const end = new Future(loop);
  let left = number;
  const next = () => {
    left -= 1;
    if (left === 0) end.resolve(undefined);
    else loop.callSoon(next);
  };
  const elapsed = nanosecondsEach(number);
  loop.callSoon(next);
  yield* end;
  return elapsed();
}

function* timeBatches(number) {
  const elapsed = nanosecondsEach(number);
  for (let done = 0; done < number; done += batch) {
    const end = new Future(loop);
    let left = batch;
    const one = () => {
      left -= 1;
      if (left === 0) end.resolve(undefined);
    };
    for (let index = 0; index < batch; index += 1) loop.callSoon(one);
    yield* end;
  }
  return elapsed();
}

function* measure(most, others) {
  const ofTimers = yield* timeTimers(most);
  return { ...ofTimers, chainNs: yield* timeChain(others), batchNs: yield* timeBatches(others) };
}

function* main() {
  // Once to warm up.
  yield* measure(timers / 10, callbacks / 10);
  return yield* measure(timers, callbacks);
}

const figures = kind === 'run' ? loop.run(main) : await loop.host(main);
loop.close();
console.log(JSON.stringify(figures));
