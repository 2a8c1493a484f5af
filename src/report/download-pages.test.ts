import { describe, expect, it } from 'vitest';
import {
  buildDownloadedFiles,
  buildDownloadRun,
  notFound,
  PRESENT,
  WAITING,
} from '../../test/support/build-download-run.js';
import { expectWellFormed } from '../../test/support/expect-well-formed.js';
import { renderDownloadHtml } from './download-html.js';
import { renderDownloadMarkdown } from './download-markdown.js';
import { drawDownload, renderDownloadSvg } from './download-svg.js';
import { renderDownload } from './download-text.js';
import { renderInlineSvg } from './drawing.js';
import { escapeMarkdown } from './markdown-text.js';
import { escapeMarkup } from './markup.js';
import { PLAIN_STYLE } from './style.js';

const mixed = buildDownloadRun(
  buildDownloadedFiles(5, (index) => {
    const kinds = [{}, { startMs: 100 }, notFound('gone.bin'), PRESENT, WAITING];
    return kinds[index] ?? {};
  }),
  { retries: 1, interrupted: true },
);
const EVIL = '</title><script>alert("1")</script>|`a`\u001b[2J\u202e\u0000';
const evil = buildDownloadRun(
  buildDownloadedFiles(3, (index) => ({
    ...(index === 0 ? notFound(EVIL) : {}),
    name: EVIL,
    url: EVIL,
    restarts: [EVIL],
  })),
  { folder: EVIL, diskFull: EVIL },
);

describe('the picture of a batch of downloads', () => {
  it('has a lane a file: waiting, asked for, coming in, failed, and what was not begun', () => {
    const svg = renderDownloadSvg(mixed);
    const lanes = svg.split('\n').filter((line) => line.includes('<g><title>'));
    expect(lanes).toHaveLength(4);
    expect(lanes[0]).toContain('file-01.bin, 1 MB: 0 s to 700 ms, answered after 200 ms');
    expect(lanes[0]?.match(/<rect/g)).toHaveLength(2);
    expect(lanes[1]).toMatch(/<line [^>]+stroke-dasharray="1 3"\/><rect/);
    expect(lanes[2]).toMatch(/stroke-dasharray="3 2"\/><\/g><text [^>]+>failed</);
    expect(lanes[3]).toMatch(/<line [^>]+\/><\/g><text [^>]+>not begun</);
  });

  it('explains only what it shows, and has no lane where nothing was asked for', () => {
    expect(renderDownloadSvg(mixed)).toMatch(/>waiting for its turn<[^]+>failed</);
    const plain = renderDownloadSvg(buildDownloadRun(buildDownloadedFiles(2)));
    expect(plain).not.toMatch(/waiting|failed/);
    const present = drawDownload(buildDownloadRun(buildDownloadedFiles(2, () => PRESENT)));
    expect(present.elements).toEqual([]);
  });

  it('shows the forty of very many files that took longest, and says so', () => {
    const files = buildDownloadedFiles(2000, (index) => ({ endMs: index < 1950 ? 300 : 800 }));
    const drawing = drawDownload(buildDownloadRun(files));
    expect(drawing.description).toContain('Of 2,000 files the 40 that took longest are shown.');
    const lanes = drawing.elements.filter((element) => element.includes('<g><title>'));
    expect(lanes).toHaveLength(40);
    expect(lanes[0]).toContain('>file-1951.bin<');
  });

  it('is well formed whatever the files are called', () => {
    for (const svg of [renderDownloadSvg(evil), renderInlineSvg(drawDownload(evil))]) {
      expectWellFormed(svg);
      expect(svg).not.toMatch(/<script|href=|url\(|NaN|Infinity|undefined|\u202e/);
    }
    expectWellFormed(renderDownloadSvg(buildDownloadRun([])));
  });
});

describe('the page of a batch of downloads', () => {
  it('says first what came of it, and every sentence of the text', () => {
    const html = renderDownloadHtml(mixed);
    expect(html.indexOf('class="verdict"')).toBeLessThan(html.indexOf('<h2>'));
    const sentences = renderDownload(mixed, PLAIN_STYLE, 80)
      .split('\n')
      .filter((line) => /^[A-Z].*\.$|answered/.test(line));
    expect(sentences.length).toBeGreaterThan(5);
    for (const sentence of sentences) expect(html).toContain(escapeMarkup(sentence));
  });

  it('has a table under the picture, with a row for each file', () => {
    const html = renderDownloadHtml(mixed);
    expect(html).toMatch(/<\/figure>\n<details open><summary>/);
    expect(html.match(/<th scope="row"/g)).toHaveLength(5);
    for (const what of ['there', 'failed: STATUS', 'there before', 'not begun']) {
      expect(html).toContain(`<td class="left">${what}</td>`);
    }
  });

  it('has the table alone where nothing was asked for, and neither without files', () => {
    const present = renderDownloadHtml(buildDownloadRun(buildDownloadedFiles(2, () => PRESENT)));
    expect(present).not.toContain('<svg');
    expect(present.match(/<th scope="row"/g)).toHaveLength(2);
    expect(renderDownloadHtml(buildDownloadRun([]))).not.toMatch(/<svg|<table|NaN|Infinity/);
  });

  it('stays readable with very many files, and says what it leaves out', () => {
    const files = buildDownloadedFiles(3000, (index) => notFound(`gone-${index}`));
    const html = renderDownloadHtml(buildDownloadRun(files));
    expect(html.match(/<th scope="row"/g)).toHaveLength(1000);
    expect(html).toContain('Of 3,000 files the 1,000 that took longest are shown.');
    expect(html).toContain('and 2,900 more; --json has them all');
  });

  it('shows hostile text as text, wherever it comes from', () => {
    const html = renderDownloadHtml(evil);
    expect(html).not.toMatch(/<script|<img|(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
    expect(html.match(/&lt;script&gt;/g)?.length).toBeGreaterThan(8);
  });
});

describe('a batch of downloads as Markdown', () => {
  it('has the sentences, the picture as text, the failures and the table', () => {
    const text = renderDownloadMarkdown(mixed);
    expect(text).toMatch(/^# Download of 5 files from dl\.example\.org\n\nStopped before the end;/);
    expect(text).toContain('```text\nfile-01.bin ─');
    expect(text).toContain('\n\n- gone.bin: the server answered 404 Not Found\n\n');
    expect(text).toMatch(/^\| file-02\.bin \| +1 MB \| +100 ms \| +200 ms \| +700 ms \| +1 \|/m);
    expect(text).toContain('Into /downloads; at most 20 in flight; a file counted as there');
    expect(text).toMatch(
      /\nlwasync [\d.]+, Node 20\.19\.0, Linux 6\.1 x86_64, 2 CPUs \(a CPU\)\.\n$/,
    );
  });

  it('lets no name begin markup, split a cell or end the block of the picture', () => {
    const name = 'a|b\\|<img>*c*[d](e)`f`';
    const files = buildDownloadedFiles(2, () => ({ name, restarts: [name] }));
    const told = renderDownloadMarkdown(buildDownloadRun(files));
    const outside = told.replace(/```+text\n[^]+\n```+\n/, '');
    expect(outside).not.toMatch(/(?<!\\)[<*[`]/);
    const rows = outside.split('\n').filter((line) => line.startsWith('| a'));
    expect(rows).toHaveLength(2);
    for (const row of rows) expect(row.match(/\|/g)).toHaveLength(9);
    const fenced = buildDownloadRun(buildDownloadedFiles(1, () => ({ name: '````' })));
    expect(renderDownloadMarkdown(fenced)).toMatch(/\n`{5}text\n```` ─[^]+\n`{5}\n/);
  });

  it('escapes what begins a list, and nothing in a number', () => {
    expect(['1. a', '- a', '1.195 s', '-', 'x86'].map((text) => escapeMarkdown(text))).toEqual([
      '1\\. a',
      '\\- a',
      '1.195 s',
      '-',
      'x86',
    ]);
  });
});
