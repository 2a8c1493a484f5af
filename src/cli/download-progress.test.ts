import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildActive, buildProgress } from '../../test/support/build-download-progress.js';
import { PLAIN_STYLE } from '../report/style.js';
import { displayedWidth } from './displayed-text.js';
import { downloadFrame, downloadSentence, type DownloadMoment } from './download-progress.js';

const moment = (
  told: Parameters<typeof buildProgress>[0],
  remainingMs?: number,
): DownloadMoment => ({
  progress: buildProgress(told),
  remainingMs,
});
const SIZE = { columns: 100, rows: 24 };

describe('the total', () => {
  it('says files, bytes, rate and what remains, behind a bar', () => {
    const told = { finished: 7, receivedBytes: 12.34e6, bytesPerSecond: 18.2e6 };
    expect(downloadFrame(moment(told, 11_500), SIZE, PLAIN_STYLE).lines).toEqual([
      '████████████░░░░░░░░ 7 of 20 files, 12.3 MB of 20 MB, 18.2 MB/s, 12 s left',
    ]);
  });

  it('says what failed, and of how many files the size is unknown', () => {
    const told = { finished: 7, failed: 2, knownBytes: 10e6, unknownSizes: 10 };
    expect(downloadSentence(moment(told, 5000))).toBe(
      '7 of 20 files, 2 failed, 0 B of 10 MB, 10 of unknown size, 0 B/s, about 5 s left',
    );
  });

  it('counts files while no size is known', () => {
    const told = { finished: 10, receivedBytes: 5000, knownBytes: 0, unknownSizes: 20 };
    expect(downloadFrame(moment(told), SIZE, PLAIN_STYLE).lines).toEqual([
      '██████████░░░░░░░░░░ 10 of 20 files, 5 kB, 20 of unknown size, 0 B/s',
    ]);
  });
});

describe('the files', () => {
  it('each have a bar where their size is known, in the order of the batch', () => {
    const active = [buildActive(2), buildActive(0, { sizeBytes: undefined, name: 'a.txt' })];
    expect(downloadFrame(moment({ active }), SIZE, PLAIN_STYLE).lines.slice(1)).toEqual([
      '  a.txt                           2 MB/s  500 kB',
      '  file-03.bin █████░░░░░  50%     2 MB/s  500 kB of 1 MB',
    ]);
  });

  it('that are busiest are shown, and how many more there are', () => {
    const active = Array.from({ length: 20 }, (_, index) =>
      buildActive(index, { bytesPerSecond: index % 2 === 0 ? 1e6 : 3e6 }),
    );
    const { lines } = downloadFrame(moment({ active }), SIZE, PLAIN_STYLE);
    expect(lines.slice(1, -1).map((line) => line.slice(2, 13))).toEqual(
      [1, 3, 5, 7, 9, 11, 13, 15].map((index) => buildActive(index).name),
    );
    expect(lines.at(-1)).toBe('  + 12 more');
  });

  it('keep their lines unless another is clearly faster', () => {
    const rates = (other: number): DownloadMoment =>
      moment({ active: [buildActive(0), buildActive(1, { bytesPerSecond: other })] });
    const shown = (other: number): readonly number[] => [
      ...downloadFrame(rates(other), { columns: 80, rows: 5 }, PLAIN_STYLE, new Set([0])).shown,
    ];
    const three = (other: number): readonly number[] => {
      const active = [
        buildActive(0),
        buildActive(1, { bytesPerSecond: other }),
        buildActive(2, { bytesPerSecond: 1 }),
      ];
      return [
        ...downloadFrame(moment({ active }), { columns: 80, rows: 5 }, PLAIN_STYLE, new Set([0]))
          .shown,
      ];
    };
    expect(shown(9e6)).toEqual([0, 1]);
    expect(three(2.5e6)).toEqual([0]);
    expect(three(3.5e6)).toEqual([1]);
  });

  it('cannot steer the terminal by their names', () => {
    const active = [buildActive(0, { name: 'a\u001b[2J\r\nb.iso' })];
    expect(downloadFrame(moment({ active }), SIZE, PLAIN_STYLE).lines.join('')).not.toMatch(
      /\p{Cc}/u,
    );
  });
});

it('whatever the terminal and the names, the lines are two fewer than its rows and narrower than it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 250 }),
      fc.integer({ min: 1, max: 60 }),
      fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { maxLength: 40 }),
      (columns, rows, names) => {
        const active = names.map((name, index) => buildActive(index, { name }));
        const { lines } = downloadFrame(moment({ active }), { columns, rows }, PLAIN_STYLE);
        expect(lines.length).toBeLessThanOrEqual(Math.max(0, rows - 2));
        for (const line of lines) expect(displayedWidth(line)).toBeLessThan(Math.max(2, columns));
      },
    ),
  );
});
