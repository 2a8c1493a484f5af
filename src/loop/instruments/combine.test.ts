import { describe, expect, it } from 'vitest';
import { EventLoop } from '../event-loop.js';
import { ManualSelector } from '../selectors/manual-selector.js';
import { combine } from './combine.js';
import { setDefaultInstrument } from './default-instrument.js';
import type { Instrument } from './instrument.js';
import { Recorder } from './recorder.js';

function speaker(name: string, said: string[]): Instrument {
  return {
    handleStarted: () => void said.push(`${name} started`),
    afterIoWait: (events) => void said.push(`${name} events ${events}`),
  };
}

function onePass(instrument: Instrument | undefined): void {
  const selector = new ManualSelector();
  const options = instrument === undefined ? {} : { instrument };
  const loop = new EventLoop({ selector, now: selector.now, ...options });
  loop.callSoon(() => {});
  loop.runOnce();
}

describe('combined instruments', () => {
  it('are told of everything, in the order given', () => {
    const said: string[] = [];
    onePass(combine(speaker('a', said), {}, speaker('b', said)));
    expect(said).toEqual(['a events 0', 'b events 0', 'a started', 'b started']);
  });

  it('keep their own state, as methods of a class do', () => {
    const recorder = new Recorder();
    onePass(combine(recorder));
    expect(recorder.record().totals.runs.callback).toBe(1);
  });

  it('have no method where none of them has one', () => {
    expect(Object.keys(combine(speaker('a', []), {})).toSorted()).toEqual([
      'afterIoWait',
      'handleStarted',
    ]);
  });
});

describe('the instrument of all loops', () => {
  it('looks on beside that of each loop, until it is taken back', () => {
    const said: string[] = [];
    const undo = setDefaultInstrument(speaker('all', said));
    onePass(undefined);
    onePass(speaker('own', said));
    undo();
    onePass(undefined);
    expect(said).toEqual([
      'all events 0',
      'all started',
      'own events 0',
      'all events 0',
      'own started',
      'all started',
    ]);
  });
});
