// A thread that sends to an inbox: numbers from 0 on, `count` of them or until the inbox is closed. With `isStepwise` it waits
// after each until `words[0]` says that it came. `words[1]` is 1 when it is done, 2 when the inbox was closed.
import { parentPort } from 'node:worker_threads';
import { sendTo } from '../../dist/loop/threads/inbox.js';

parentPort.on('message', ({ sender, count, isStepwise, words }) => {
  const ends = send(sender, count, isStepwise, words);
  Atomics.store(words, 1, ends);
  Atomics.notify(words, 1);
});

function send(sender, count, isStepwise, words) {
  for (let number = 0; number < count; number += 1) {
    try {
      sendTo(sender, number);
    } catch (error) {
      if (error.code !== 'INBOX_CLOSED') throw error;
      return 2;
    }
    if (isStepwise) Atomics.wait(words, 0, number);
  }
  return 1;
}
