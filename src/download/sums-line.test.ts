import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSumsLine } from './sums-line.js';

const HEX = 'ab'.repeat(32);
const SUM = { algorithm: 'sha256', hex: HEX };
const NAME = fc.string({
  unit: fc.constantFrom(...Array.from('ab \\\n\r*()=.'), 'é'),
  minLength: 1,
});

// As GNU coreutils write it.
function gnuLine(name: string): string {
  const escaped = name.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  return `${escaped === name ? '' : '\\'}${HEX}  ${escaped}`;
}

function bsdLine(name: string): string {
  const escaped = name.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  return `${escaped === name ? '' : '\\'}SHA256 (${escaped}) = ${HEX}`;
}

describe('a line of a SHA256SUMS file', () => {
  it('names its file, whatever the name holds', () => {
    fc.assert(
      fc.property(NAME, (name) => {
        fc.pre(!name.startsWith('./'));
        expect(parseSumsLine(gnuLine(name))).toEqual({ name, checksum: SUM });
        expect(parseSumsLine(bsdLine(name))).toEqual({ name, checksum: SUM });
      }),
    );
  });

  it.each([
    [`${HEX} *a.iso`, 'a.iso'],
    [`${HEX}  ./a.iso`, 'a.iso'],
    [`${HEX}  ././/a.iso`, 'a.iso'],
    [`${HEX}  folder/a.iso`, 'folder/a.iso'],
    [`${HEX}  .profile`, '.profile'],
    [`${HEX.toUpperCase()} a b.iso`, 'a b.iso'],
    [`SHA2-256 (a) = ${HEX}`, undefined],
    [`SHA256 (a) = ${HEX}`, 'a'],
    [`SHA256(a)= ${HEX}`, 'a'],
    [`SHA512 (a) = ${HEX}`, undefined],
    [`${HEX}a  a.iso`, undefined],
    [`${HEX}  `, undefined],
    [`${HEX}  ./`, undefined],
    [HEX, undefined],
    ['a.iso', undefined],
    ['', undefined],
  ])('%j is of the file %j', (line, name) => {
    expect(parseSumsLine(line)).toEqual(name === undefined ? undefined : { name, checksum: SUM });
  });

  it.each([
    ['sha512', 128],
    ['sha384', 96],
    ['sha256', 64],
    ['sha1', 40],
    ['md5', 32],
  ] as const)('is of %s with %d digits', (algorithm, digits) => {
    const hex = 'c'.repeat(digits);
    const line = { name: 'a', checksum: { algorithm, hex } };
    expect(parseSumsLine(`${hex}  a`)).toEqual(line);
    expect(parseSumsLine(`${algorithm.toUpperCase()} (a) = ${hex}`)).toEqual(line);
  });
});
