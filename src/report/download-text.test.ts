import { describe, expect, it } from 'vitest';
import {
  buildDownloadedFiles,
  buildDownloadRun,
  notFound,
  PRESENT,
  WAITING,
} from '../../test/support/build-download-run.js';
import type { DownloadRun } from '../core/download.js';
import { renderDownload } from './download-text.js';
import { COLOUR_STYLE, PLAIN_STYLE } from './style.js';

const text = (run: DownloadRun, width = 80): string => renderDownload(run, PLAIN_STYLE, width);
const lines = (run: DownloadRun): string[] => text(run).split('\n');

const twenty = buildDownloadRun(
  buildDownloadedFiles(20, (index) => ({ proof: index < 18 ? 'list' : 'server' })),
  { wallMs: 930 },
);

describe('the report of a batch of downloads', () => {
  it('says first what is there and how fast it came, then whether a faster CPU would help', () => {
    expect(lines(twenty).slice(0, 5)).toEqual([
      '20 of 20 files, 20 MB in 930 ms: 21.5 MB/s, up to 20 in flight at once',
      'CPU 85.0 ms, 9.1 % of the time on one core: network and disk set the pace, a faster CPU would not help.',
      'Added up the files took 14.00 s, 15.1 in flight on average; in the median an answer began after 200 ms and was there 500 ms later.',
      'Checked: 18 by the checksum of the list, 2 by that of the server.',
      'Memory of the process: 61.2 MB at most.',
    ]);
  });

  it('is whole for one file, with its waiting and its coming drawn', () => {
    const one = buildDownloadRun(buildDownloadedFiles(1, () => ({ proof: 'length' })));
    expect(text(one, 51)).toBe(`1 of 1 file, 1 MB in 700 ms: 1.4 MB/s
CPU 85.0 ms, 12 % of the time on one core: the CPU was busy in part, one twice as fast would save at most 6.1 %.
The answer began after 200 ms and was there 500 ms later.
Checked: 1 by its length alone.
Memory of the process: 61.2 MB at most.

file-01.bin ───────────████████████████████████████
            0                           500 ms
            ─ asked for  █ coming in`);
  });

  it('says that the CPU was busy, or that the limit set the pace, where that was so', () => {
    const busy = { ...twenty, cpuMs: { user: 700, system: 100 } };
    expect(text(busy)).toContain('86 % of the time on one core: the CPU was busy, a faster one');
    const limits = { ...twenty.limits, bytesPerSecond: 22_000_000 };
    expect(text({ ...twenty, limits })).toContain('the limit of 22 MB/s sets the pace.');
    expect(text({ ...twenty, limits: { ...limits, bytesPerSecond: 40e6 } })).toContain('network');
    expect(text({ ...twenty, limits: { ...limits, bytesPerSecond: 5 } })).toContain('network');
  });

  it('draws the twenty of 2,000 files that took longest, and ten of the failures', () => {
    const files = buildDownloadedFiles(2000, (index) => {
      if (index % 100 === 5) return notFound(`gone-${index}`);
      return { endMs: index % 100 === 7 ? 900 : 300 };
    });
    const told = text(buildDownloadRun(files));
    expect(told).toContain('1,980 of 2,000 files, 2 GB in 900 ms');
    expect(told).toContain('; 20 failed\n');
    expect(told).toContain('Of 2,000 files the 20 that took longest are shown.');
    expect(told.match(/^ *file-\d+\.bin /gm)).toHaveLength(20);
    expect(told.match(/the server answered 404/g)).toHaveLength(10);
    expect(told).toMatch(
      /\nand 10 more; --json has them all\n\nRun the same command again to try those that failed; what is there is not fetched again\.$/,
    );
  });

  it('has no rate for a file of zero bytes', () => {
    const zero = buildDownloadRun(buildDownloadedFiles(1, () => ({ sizeBytes: 0 })));
    expect(lines(zero)[0]).toBe('1 of 1 file, 0 B in 700 ms');
    expect(text(zero)).not.toMatch(/CPU|NaN|Infinity/);
  });

  it('is two lines when everything was there before', () => {
    expect(text(buildDownloadRun(buildDownloadedFiles(20, () => PRESENT)))).toBe(
      '20 of 20 files were there before, 20 MB: nothing had to be fetched\n' +
        'Checked: 20 by the checksum of the list.',
    );
  });

  it('tells what did not have to come, what came again and why', () => {
    const files = buildDownloadedFiles(6, (index) =>
      index === 0
        ? { resumedBytes: 600_000, fetchedBytes: 400_000 }
        : { fetchedBytes: 1_250_000, restarts: ['the server has another version'], attempts: 2 },
    );
    const told = text(buildDownloadRun(files, { retries: 5 }));
    expect(told).toContain('6 of 6 files, 6.7 MB fetched in 700 ms');
    expect(told).toContain(
      '600 kB of 1 file had come before and did not have to be fetched again.',
    );
    expect(told).toContain(
      'Begun again from the first byte: file-02.bin (the server has another version), ' +
        'file-03.bin (the server has another version), file-04.bin (the server has another version), and 2 more.',
    );
    expect(told).toContain('1.3 MB had to be fetched again.\n5 retries were made.');
  });

  it('says that it was stopped, and how to go on', () => {
    const files = buildDownloadedFiles(20, (index) => {
      if (index < 7) return {};
      return index < 12 ? { outcome: 'stopped', fetchedBytes: 300_000 } : WAITING;
    });
    const told = text(buildDownloadRun(files, { interrupted: true }));
    expect(told).toMatch(
      /^Stopped before the end; what has come is kept\.\n7 of 20 files, 8.5 MB fetched/,
    );
    expect(told).toContain('; 5 not finished, 8 not begun\n');
    expect(told.match(/ stopped$/gm)).toHaveLength(5);
    expect(told).toMatch(
      /Run the same command again to go on; what is there is not fetched again\.$/,
    );
  });

  it('says that the disk is full, and to make room', () => {
    const files = buildDownloadedFiles(2, () => ({ outcome: 'stopped', fetchedBytes: 10 }));
    const told = text(buildDownloadRun(files, { diskFull: 'no room left in /downloads' }));
    expect(told).toMatch(/^Stopped because the disk is full: no room left in \/downloads\.\n/);
    expect(told).toMatch(/\n\nMake room and run the same command again to go on/);
  });

  it('does not speak of what was fetched when nothing was', () => {
    const failed = buildDownloadRun(buildDownloadedFiles(2, (index) => notFound(`${index}`)));
    expect(lines(failed)[0]).toBe('0 of 2 files in 210 ms; every one failed');
    expect(text(failed)).toMatch(/Run the same command again for another try\.$/);
    expect(text(buildDownloadRun([]))).toBe('There was no file to download');
    const files = buildDownloadedFiles(3, () => WAITING);
    expect(text(buildDownloadRun(files, { interrupted: true }))).toContain(
      '0 of 3 files in 0 s; 3 not begun',
    );
  });

  it('hands no control character of a name, a reason or a message to the terminal', () => {
    const evil = 'a\u001b]0;owned\u0007\u009b2J\r\nb\u202ecod.exe\u2028';
    const files = buildDownloadedFiles(2, (index) => ({
      ...(index === 0 ? notFound(evil) : {}),
      name: evil,
      url: evil,
      restarts: [evil],
    }));
    const run = buildDownloadRun(files, { diskFull: evil, folder: evil });
    const told = text(run).replaceAll('\n', '');
    expect(told).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u2028]/u);
    expect(told).toContain('a\ufffd]0;owned\ufffd\ufffd2J\ufffd\ufffdb\ufffdcod.exe');
  });

  it('sets off the first sentence and what is wrong, in colours of its own only', () => {
    const run = buildDownloadRun(buildDownloadedFiles(1, () => notFound('gone')));
    const told = renderDownload(run, COLOUR_STYLE, 80);
    expect(told).toMatch(/^.\[1m0 of 1 file in 210 ms; it failed.\[22m\n/);
    expect(told).toMatch(/\n.\[33mgone: the server answered 404 Not Found.\[39m\n/);
  });

  it('shortens a long name in its middle and keeps its ending in sight', () => {
    const name = `${'long-'.repeat(30)}end.tar.gz`;
    const run = buildDownloadRun(buildDownloadedFiles(1, () => ({ name })));
    expect(text(run, 60)).toMatch(/^long-long-…nd\.tar\.gz ─/m);
  });
});
