import { expect, it } from 'vitest';
import { epollLayout } from './epoll-layout.js';

it('an event of epoll is 12 bytes on x64, with our own word right behind the events', () => {
  expect(epollLayout('x64')).toEqual({ words: 3, data: 1 });
});

it('an event of epoll is 16 bytes on arm64, with our own word aligned to 8 bytes', () => {
  expect(epollLayout('arm64')).toEqual({ words: 4, data: 2 });
});
