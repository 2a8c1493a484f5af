// What runs in a worker thread: it is handed a job, computes it, and hands back the answer. An error ends the thread, and arrives as
// 'error' at whoever began it. (Plain JavaScript, because Node 20 begins no thread with TypeScript.)
import { parentPort } from 'node:worker_threads';
import { compute } from './compute.mjs';

parentPort.on('message', (job) => parentPort.postMessage(compute(job)));
