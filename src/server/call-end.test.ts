import { expect, test } from 'vitest';
import { CallEnd } from './call-end.js';

test('listeners are told once that the call is over, late ones at once', () => {
  const call = new CallEnd();
  const told: string[] = [];
  call.onOver(() => told.push('early'));
  expect([call.isOver, told]).toEqual([false, []]);
  call.end();
  call.end();
  expect([call.isOver, told]).toEqual([true, ['early']]);
  call.onOver(() => told.push('late'));
  expect(told).toEqual(['early', 'late']);
});

test('what registering returns undoes it', () => {
  const call = new CallEnd();
  const told: string[] = [];
  const forget = call.onOver(() => told.push('forgotten'));
  call.onOver(() => told.push('kept'));
  forget();
  call.end();
  expect(told).toEqual(['kept']);
});
