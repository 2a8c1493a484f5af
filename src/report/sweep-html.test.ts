import { expect, it } from 'vitest';
import type { SweepRun } from '../core/sweep.js';
import { renderSweepHtml, type SweepFindings } from './sweep-html.js';

const EVIL = '<script>alert(1)</script>';

const run: SweepRun = {
  version: '1.0.0',
  environment: { node: '20.19.0', os: 'Linux', cpus: 2, cpuModel: EVIL },
  task: { kind: 'http', text: 'GET http://h/' },
  mode: 'async',
  over: 'concurrency',
  levels: [],
  most: 16,
  limits: { poolThreads: 4, threads: undefined, connections: 1000 },
  proof: undefined,
  warnings: [EVIL],
  interrupted: false,
};

const findings: SweepFindings = {
  sentences: ['The gain stops at 4.', 'Beyond it you buy latency.'],
  picture: {
    title: EVIL,
    description: 'The gain stops at 4.',
    axis: 'calls in flight',
    levels: [1, 2, 4, 8].map((at) => ({
      at,
      gain: Math.min(at, 4),
      ideal: at,
      latency: undefined,
    })),
    model: undefined,
    stop: { at: 4, range: [4, 4], label: 'stops at 4' },
  },
  columns: [{ heading: 'in flight', align: 'right' }],
  rows: [['1'], ['2'], ['4'], ['8']],
  remarks: ['3 calls failed'],
};

it('a sweep as a page says its verdict first and has its levels under the picture', () => {
  const html = renderSweepHtml(run, findings);
  expect(html).toContain('<p class="verdict">The gain stops at 4.</p>');
  expect(html.indexOf('</figure>')).toBeLessThan(html.indexOf('<caption>Level by level</caption>'));
  expect(html.match(/<tr><th scope="row"/g)).toHaveLength(4);
  expect(html).toContain('<li>3 calls failed</li>');
  expect(html).not.toMatch(/<script|NaN|Infinity|undefined/);
});

it('a sweep that was stopped before its first level says so', () => {
  const nothing = { ...findings, sentences: [], rows: [] };
  const html = renderSweepHtml({ ...run, interrupted: true }, nothing);
  expect(html).toContain('Stopped before the end');
  expect(html).not.toContain('<svg');
});
