import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { serialize } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { MessagePipe } from './message-pipe.js';

/** What one end of a pipe is told when these bytes come, one chunk after another. */
async function toldOf(chunks: readonly Uint8Array[], end = true): Promise<unknown[]> {
  const stream = new PassThrough();
  const closed = once(stream, 'close');
  const told: unknown[] = [];
  const pipe = new MessagePipe<object, object>(stream, {
    onMessage: (message) => told.push(message),
    onEnd: () => told.push('end'),
  });
  for (const chunk of chunks) stream.write(chunk);
  if (end) stream.end();
  await closed;
  pipe.close();
  return told;
}

function framed(copy: Uint8Array, length = copy.length): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32LE(length);
  return Buffer.concat([head, copy]);
}

describe('a pipe of messages', () => {
  const messages = [{ kind: 'a' }, { kind: 'b', list: [1, 2n, new Map([[1, 'x']])] }];
  const bytes = Buffer.concat(messages.map((message) => framed(serialize(message))));

  it.each([1, 3, 7, bytes.length])('takes them in chunks of %i bytes', async (size) => {
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
      bytes.subarray(index * size, (index + 1) * size),
    );
    expect(await toldOf(chunks)).toEqual([...messages, 'end']);
  });

  it.each([
    ['is no copy of anything', framed(Buffer.from('not one'))],
    ['is no object', framed(serialize(7))],
    ['is nothing', framed(serialize(null))],
    ['says that it is longer than any message', framed(serialize({}), 2 ** 31)],
  ])('ends with what %s', async (_, wrong) => {
    expect(await toldOf([bytes, wrong], false)).toEqual([...messages, 'end']);
  });
});
