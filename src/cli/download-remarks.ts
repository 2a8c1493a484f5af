import type { DownloadEvent } from '../core/download.js';
import { formatDuration } from '../core/format-units.js';
import { printable } from '../report/shown-text.js';

// Of each kind. A dead server has the same to say of every file of a long list.
const MOST_REMARKS = 30;

/** What is said of the events of a batch as they come: a failure, another try, a new begin. */
export class DownloadRemarks {
  readonly #made = new Map<DownloadEvent['kind'], number>();

  /** The remark on an event, fit for a terminal; `undefined` where there is none, or where the like was said often enough. */
  on(event: DownloadEvent): string | undefined {
    const text = remarkOn(event);
    if (text === undefined) return undefined;
    const made = this.#made.get(event.kind) ?? 0;
    this.#made.set(event.kind, made + 1);
    if (made < MOST_REMARKS) return printable(text);
    const what = event.kind === 'finished' ? 'failures' : 'tries';
    return made === MOST_REMARKS
      ? `further ${what} are not told here; --json tells them all`
      : undefined;
  }
}

function remarkOn(event: DownloadEvent): string | undefined {
  if (event.kind === 'restarted') return `${event.name}: begins again, ${event.reason}`;
  if (event.kind === 'retrying') {
    return `${event.reason}; try ${event.attempt} in ${formatDuration(event.delayMs)}`;
  }
  // Why others stopped is told once, at the end.
  const hasFailed = event.kind === 'finished' && event.file.outcome === 'failed';
  return hasFailed ? event.file.failure?.message : undefined;
}
