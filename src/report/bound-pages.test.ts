import { describe, expect, it } from 'vitest';
import { buildBoundRun } from '../../test/support/build-bound-run.js';
import { expectWellFormed } from '../../test/support/expect-well-formed.js';
import { boundness } from '../statistics/boundness.js';
import { renderBoundHtml } from './bound-html.js';
import { renderBoundMarkdown } from './bound-markdown.js';
import { drawProjections, drawStates } from './bound-svg.js';
import { renderBound } from './bound-text.js';
import { renderSvgFile } from './drawing.js';
import { escapeMarkup } from './markup.js';
import { PLAIN_STYLE } from './style.js';

const blocked = buildBoundRun({
  userMs: 195,
  states: { computingMs: 200, blockedMs: 500, waitingMs: 300 },
  blocks: [
    {
      file: 'a.js',
      line: 3,
      durationMs: 490,
      call: 'readFileSync',
      source: 'a || readFileSync();',
    },
  ],
  notes: ['So it is.'],
});
const plain = buildBoundRun();
const failed = buildBoundRun({ kind: 'task', text: 'http://h/', number: 2, failed: 2 });

describe('the page on what a run is bound by', () => {
  it('says the verdict first, and every sentence of the text', () => {
    const html = renderBoundHtml(blocked);
    expect(html).toContain('<p class="verdict">Mixed: 20 % of the time it computed,');
    expect(html.indexOf('class="verdict"')).toBeLessThan(html.indexOf('<h2>'));
    const sentences = renderBound(blocked, PLAIN_STYLE)
      .split('\n')
      .filter((line) => /^[A-Z].*\.$/.test(line));
    expect(sentences).toHaveLength(7);
    for (const sentence of sentences) expect(html).toContain(escapeMarkup(sentence));
  });

  it('has a table under every picture, and one of the lines that held the thread', () => {
    const html = renderBoundHtml(blocked);
    expect(html.match(/<svg /g)).toHaveLength(2);
    expect(html.match(/<\/figure>\n<details open><summary>/g)).toHaveLength(2);
    expect(html).toContain('<td class="left">a.js:3</td>');
    expect(html).toContain(
      '<td class="right">50 %</td><td class="left">held, without computing</td>',
    );
    expect(renderBoundHtml(plain)).not.toContain('What held the thread');
  });

  it('gives no figures where nothing was done without failing', () => {
    const html = renderBoundHtml(failed);
    expect(html).toContain('No verdict: nothing was done without failing.');
    expect(html).not.toMatch(/<svg|NaN|Infinity|undefined/);
    expect(renderBoundMarkdown(failed)).not.toContain('twice as fast');
  });

  it('says that it was ended early', () => {
    expect(renderBoundHtml({ ...plain, interrupted: true })).toContain('Ended by Ctrl-C');
    expect(renderBoundMarkdown({ ...plain, interrupted: true })).toContain('Ended by Ctrl-C');
  });

  it('shows hostile text as text, wherever it comes from', () => {
    const evil = `</title><script>alert('1')</script><img src=x onerror="x">`;
    const block = { file: evil, line: 1, durationMs: 900, call: evil, source: evil };
    const html = renderBoundHtml({
      ...blocked,
      version: evil,
      environment: { node: evil, os: evil, cpus: 2, cpuModel: evil },
      text: evil,
      blocks: [block],
      notes: [evil],
    });
    expect(html).not.toMatch(/<script|<img/);
    expect(html.match(/&lt;script&gt;/g)?.length).toBeGreaterThan(8);
  });
});

it('as Markdown it has the same sentences and tables, and a bar in a source line splits no cell', () => {
  const text = renderBoundMarkdown(blocked);
  expect(text).toMatch(/^# node a\.js\n\nMixed: /);
  expect(text).toContain('| blocked   |        50 % | held, without computing |');
  expect(text).toContain('| a.js:3 | a \\|\\| readFileSync(); |');
  expect(text).toContain('I/O twice as fast: 600 ms instead of 1.000 s.');
  expect(text).toContain('So it is.');
});

describe('the pictures', () => {
  it('tell the states apart without colour, and are well formed', () => {
    const drawing = drawStates(boundness(blocked));
    expect(drawing.description).toBe('main thread: 20 % computing, 50 % blocked, 30 % waiting');
    expect(drawing.elements.join('')).toMatch(/<path d="M [^"]+" stroke="#7a3600"/);
    expectWellFormed(renderSvgFile(drawing));
  });

  it('project each wall time as the sum of its parts', () => {
    const { description } = drawProjections(plain, boundness(plain));
    expect(description).toContain(
      'as measured: 1.000 s, a CPU twice as fast: 990 ms, I/O twice as fast: 510 ms',
    );
  });
});
