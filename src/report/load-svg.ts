import type { LoadRun } from '../core/load.js';
import { summarizeLoad } from '../statistics/load-summary.js';
import { renderSvgFile, WIDTH, type Drawing } from './drawing.js';
import { drawPercentiles } from './load-percentile-svg.js';
import { loadHeadline, loadTitle } from './load-sentences.js';
import { drawLoadOverTime } from './load-time-svg.js';

/** A load run as an SVG file: latency by percentile, and under it what happened over time. */
export function renderLoadSvg(run: LoadRun): string {
  const summary = summarizeLoad(run);
  const drawings = [drawPercentiles(run, summary), drawLoadOverTime(run, summary)];
  return renderSvgFile({
    title: loadTitle(run),
    description: `${loadHeadline(run, summary)}.`,
    ...stacked(drawings.filter((drawing) => drawing !== undefined)),
  });
}

function stacked(drawings: readonly Drawing[]): Omit<Drawing, 'title' | 'description'> {
  let top = 0;
  const elements = drawings.flatMap((drawing) => {
    const open = `<g transform="translate(0 ${top})">`;
    top += drawing.height;
    return [open, ...drawing.elements, '</g>'];
  });
  return { width: WIDTH, height: top, elements };
}
