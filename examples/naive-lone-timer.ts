// A loop as one might write it first: wait for descriptors until the timer is due, then sleep until it is due. The time to
// sleep is computed before the wait and used after it, so a lone timer is late by as long as it was set.
import { EpollSelector } from 'lwasync/loop';

const DELAY_MS = 200;
const selector = new EpollSelector();
const beganMs = performance.now();
const deadlineMs = beganMs + DELAY_MS;

const idleMs = deadlineMs - performance.now();
selector.select(idleMs);
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, idleMs);
const naiveMs = performance.now() - beganMs;
selector.close();

console.log(`asked for ${DELAY_MS} ms, called after ${Math.round(naiveMs / 10) * 10} ms`);
