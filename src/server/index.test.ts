import { expect, test } from 'vitest';
import * as face from './index.js';

test('the public face of the room is this list', () => {
  expect(Object.keys(face).toSorted()).toEqual([
    'DEFAULT_PORT',
    'startPracticeServer',
    'startPracticeServerProcess',
  ]);
  expect(face.DEFAULT_PORT).toBe(8080);
});
