import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';

const PROGRAM = `
  const { workerData: { url, port, isThere } } = require('node:worker_threads');
  fetch(url).then((answer) => answer.json()).then((value) => {
    port.postMessage(value);
    Atomics.store(isThere, 0, 1);
    Atomics.notify(isThere, 0);
  });
`;

export function makeOneCall(url: string): unknown {
  const { port1, port2 } = new MessageChannel();
  const isThere = new Int32Array(new SharedArrayBuffer(4));
  const workerData = { url, port: port2, isThere };
  const worker = new Worker(PROGRAM, { eval: true, workerData, transferList: [port2] });
  Atomics.wait(isThere, 0, 0);
  void worker.terminate();
  const received: { readonly message: unknown } | undefined = receiveMessageOnPort(port1);
  return received?.message;
}

export function makeManyCalls(number: number, url: string): unknown[] {
  const answers: unknown[] = [];
  while (answers.length < number) answers.push(makeOneCall(url));
  return answers;
}
