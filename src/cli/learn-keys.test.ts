import fc from 'fast-check';
import { expect, it } from 'vitest';
import { KeyDecoder } from './learn-keys.js';

it('knows keys by their names, and characters by themselves in lower case', () => {
  const keys = new KeyDecoder();
  expect(keys.take('nQ7é\r\n\u0003\u001a')).toEqual([
    'n',
    'q',
    '7',
    'é',
    'enter',
    'enter',
    'interrupt',
    'suspend',
  ]);
  expect(keys.take('\u001b[A\u001bOB\u001b[5~\u001b[6~')).toEqual([
    'up',
    'down',
    'page up',
    'page down',
  ]);
});

it('takes Ctrl-L for a wish to see it all again', () => {
  expect(new KeyDecoder().take('\f')).toEqual(['redraw']);
});

it('leaves out keys that have no name here', () => {
  // F5, Ctrl-right, Tab, Delete.
  expect(new KeyDecoder().take('\u001b[15~\u001b[1;5C\t\u007f')).toEqual([]);
});

it('takes what is pasted for no keys, in however many pieces it comes', () => {
  const keys = new KeyDecoder();
  expect(keys.take('n\u001b[200~const q = 1;\n')).toEqual(['n']);
  expect(keys.take('quit()\u001b[20')).toEqual([]);
  expect(keys.take('1~h')).toEqual(['h']);
  expect(keys.take('\u001b[200~q\u0003')).toEqual(['interrupt']);
});

it('waits for the rest of a sequence, and takes its begin for the escape key when none comes', () => {
  const keys = new KeyDecoder();
  expect(keys.take('\u001b')).toEqual([]);
  expect(keys.isOpen).toBe(true);
  expect(keys.take('[')).toEqual([]);
  expect(keys.take('A')).toEqual(['up']);
  expect(keys.isOpen).toBe(false);
  expect(keys.flush()).toEqual([]);
  expect(keys.take('l\u001b')).toEqual(['l']);
  expect(keys.flush()).toEqual(['escape']);
  expect(keys.take('\u001bl')).toEqual(['escape', 'l']);
});

it('makes the same keys of the same text in whatever pieces it comes', () => {
  const typed = fc.array(
    fc.constantFrom('a', 'Z', '\r', '\u001b[A', '\u001bOB', '\u001b[6~', '\u001b[1;5C', '\u001a'),
  );
  fc.assert(
    fc.property(typed, fc.array(fc.nat(6)), (sequences, lengths) => {
      const text = sequences.join('');
      const whole = new KeyDecoder().take(text);
      const keys = new KeyDecoder();
      const cuts = [...lengths, text.length];
      let from = 0;
      const pieces = cuts.flatMap((length) => {
        const piece = text.slice(from, from + length);
        from += length;
        return keys.take(piece);
      });
      expect(pieces).toEqual(whole);
    }),
  );
});
