import { RenewedBridge, unexpectedAnswer } from '../clients/renewed-bridge.js';
import { TaskError } from '../core/task-error.js';
import { PATIENCE_MS, type DownloadQuestion, type DownloadReply } from './bridged-downloads.js';
import type { DownloadTaskSpec } from './download-task.js';
import { localBlockingTask, type BlockingTask, type TaskResult } from './task.js';

/**
 * Opens the task for downloads that block the thread: it sleeps while a second thread downloads one file with the same code
 * and over connections that are kept from file to file.
 */
export function openBlockingDownloadTask(spec: DownloadTaskSpec): BlockingTask {
  const thread = new URL('./download-thread.js', import.meta.url);
  const bridge = new RenewedBridge<DownloadQuestion, DownloadReply>(thread, spec);
  const call = (index: number): TaskResult => {
    let answer = bridge.ask({ kind: 'download', index }, PATIENCE_MS);
    while (answer.kind === 'under way') answer = bridge.ask({ kind: 'go on' }, PATIENCE_MS);
    if (answer.kind === 'downloaded') return answer.result;
    if (answer.kind === 'failed') {
      const { code, message, status } = answer.error;
      throw new TaskError(code, message, status);
    }
    throw unexpectedAnswer(answer);
  };
  return { ...localBlockingTask(call), timeBridge: (times) => bridge.timeEcho(times) };
}
