// The thread that downloads for a blocked one; see `blocking-downloads.ts`.
import { workerData } from 'node:worker_threads';
import { serveBridge, type BridgeThreadData } from '../clients/serve-bridge.js';
import { TaskError } from '../core/task-error.js';
import { PATIENCE_MS, type DownloadQuestion, type DownloadReply } from './bridged-downloads.js';
import { openDownloadTask } from './download-calls.js';
import type { DownloadTaskSpec } from './download-task.js';

const { data }: BridgeThreadData<DownloadTaskSpec> = workerData;
const task = openDownloadTask(data);
let underWay: Promise<DownloadReply> = Promise.resolve({ kind: 'under way' });

serveBridge<DownloadQuestion, DownloadReply>((question) => {
  if (question.kind === 'download') underWay = download(question.index);
  return withinPatience(underWay);
});

async function download(index: number): Promise<DownloadReply> {
  try {
    return { kind: 'downloaded', result: await task.call(index) };
  } catch (error) {
    return { kind: 'failed', error: TaskError.record(error) };
  }
}

async function withinPatience(reply: Promise<DownloadReply>): Promise<DownloadReply> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<DownloadReply>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'under way' }), PATIENCE_MS);
  });
  try {
    return await Promise.race([reply, patience]);
  } finally {
    clearTimeout(timer);
  }
}
