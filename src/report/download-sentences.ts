import type { DownloadRun } from '../core/download.js';
import {
  formatCount,
  formatDuration,
  formatShare,
  formatSignificant,
  formatSize,
} from '../core/format-units.js';
import type { Bytes } from '../core/units.js';
import type { DownloadSummary } from '../statistics/download-summary.js';

const MOST_RESTARTS = 3;
// A batch that reaches this share of the rate it was allowed would have been faster without.
const AT_THE_LIMIT = 0.8;

/** What a report of it is called: `Download of 20 files from example.org`. */
export function downloadTitle({ files }: DownloadRun): string {
  const hosts = new Set(files.flatMap(({ url }) => (URL.canParse(url) ? [new URL(url).host] : [])));
  const [host = ''] = hosts;
  const from =
    hosts.size === 0 ? '' : hosts.size === 1 ? ` from ${host}` : ` from ${hosts.size} hosts`;
  const [only] = files;
  const what = files.length === 1 && only !== undefined ? only.name : countedFiles(files.length);
  return `Download of ${what}${from}`;
}

/** `1 file`, `20 files`. */
export function countedFiles(number: number): string {
  return number === 1 ? '1 file' : `${formatCount(number)} files`;
}

/**
 * How many files are there, what had to come for that and how fast it came:
 * `20 of 20 files, 20 MB in 930 ms: 21.5 MB/s, up to 20 in flight at once`.
 */
export function downloadHeadline(run: DownloadRun, summary: DownloadSummary): string {
  const { there, thereBytes, outcomes, fetchedBytes, bytesPerSecond, mostInFlight } = summary;
  const { files, wallMs } = run;
  if (files.length === 0) return 'There was no file to download';
  const of = `${formatCount(there)} of ${countedFiles(files.length)}`;
  if (outcomes.present === files.length) {
    const were = there === 1 ? 'was' : 'were';
    return `${of} ${were} there before, ${formatSize(thereBytes)}: nothing had to be fetched`;
  }
  const before = outcomes.present === 0 ? '' : `, ${formatCount(outcomes.present)} of them before`;
  const lost = lostPhrase(run, summary);
  if (there === 0 && fetchedBytes === 0) return `${of} in ${formatDuration(wallMs)}${lost}`;
  // Where all that came is what is there, one figure says both.
  const size = `${formatSize(fetchedBytes)}${fetchedBytes === thereBytes ? '' : ' fetched'}`;
  const rate = bytesPerSecond === undefined ? '' : `: ${formatRate(bytesPerSecond)}`;
  const together = mostInFlight > 1 ? `, up to ${formatCount(mostInFlight)} in flight at once` : '';
  return `${of}${before}, ${size} in ${formatDuration(wallMs)}${rate}${together}${lost}`;
}

/** What the time went by with, a sentence each: CPU against waiting, then the files one by one. */
export function downloadTimeSentences(run: DownloadRun, summary: DownloadSummary): string[] {
  // Where nothing came, the CPU time is that of the begin of a process.
  if (summary.fetchedBytes === 0 || run.wallMs === 0) return [];
  return [paceSentence(run, summary), ...filesSentence(run, summary)];
}

function filesSentence({ wallMs }: DownloadRun, summary: DownloadSummary): string[] {
  const { outcomes, mostInFlight, addedMs, medianMs } = summary;
  if (medianMs === undefined) return [];
  const [answer, bytes] = [formatDuration(medianMs.answer), formatDuration(medianMs.bytes)];
  if (outcomes.done === 1)
    return [`The answer began after ${answer} and was there ${bytes} later.`];
  const together =
    mostInFlight > 1 ? `, ${formatSignificant(addedMs / wallMs)} in flight on average` : '';
  return [
    `Added up the files took ${formatDuration(addedMs)}${together}; ` +
      `in the median an answer began after ${answer} and was there ${bytes} later.`,
  ];
}

// Far above it, all came before the limit had begun to hold it back: a small file does not wait.
function isAtLimit(bytesPerSecond: number, limit: number): boolean {
  return bytesPerSecond >= limit * AT_THE_LIMIT && bytesPerSecond <= limit / AT_THE_LIMIT ** 2;
}

function paceSentence({ limits }: DownloadRun, summary: DownloadSummary): string {
  const { bound, cpuMs, cpuShare, bytesPerSecond = 0 } = summary;
  const cpu = `CPU ${formatDuration(cpuMs)}, ${formatShare(cpuShare)} of the time on one core`;
  const limit = limits.bytesPerSecond;
  if (limit !== undefined && isAtLimit(bytesPerSecond, limit)) {
    return `${cpu}: the limit of ${formatRate(limit)} sets the pace.`;
  }
  if (bound === 'cpu') return `${cpu}: the CPU was busy, a faster one would help.`;
  return bound === 'mixed'
    ? `${cpu}: the CPU was busy in part, one twice as fast would save at most ${formatShare(cpuShare / 2)}.`
    : `${cpu}: network and disk set the pace, a faster CPU would not help.`;
}

/** What was fetched once too often, or did not have to be: resumed, begun again, retried; a sentence each. */
export function downloadEffortSentences(run: DownloadRun, summary: DownloadSummary): string[] {
  const { resumedBytes, repeatedBytes } = summary;
  const resumed = run.files.filter((file) => file.resumedBytes > 0).length;
  return [
    ...(resumedBytes === 0
      ? []
      : [
          `${formatSize(resumedBytes)} of ${countedFiles(resumed)} had come before and did not have to be fetched again.`,
        ]),
    ...restartSentence(run),
    ...(repeatedBytes === 0 ? [] : [`${formatSize(repeatedBytes)} had to be fetched again.`]),
    ...(run.retries === 0
      ? []
      : [
          `${run.retries === 1 ? '1 retry was' : `${formatCount(run.retries)} retries were`} made.`,
        ]),
  ];
}

function restartSentence({ files }: DownloadRun): string[] {
  const restarts = files.flatMap(({ name, restarts: reasons }) =>
    reasons.map((reason) => `${name} (${reason})`),
  );
  if (restarts.length === 0) return [];
  const more =
    restarts.length > MOST_RESTARTS
      ? `, and ${formatCount(restarts.length - MOST_RESTARTS)} more`
      : '';
  return [
    `Begun again from the first byte: ${restarts.slice(0, MOST_RESTARTS).join(', ')}${more}.`,
  ];
}

/** How the files that are there were checked; `undefined` when none is. */
export function checkedSentence({ there, proofs }: DownloadSummary): string | undefined {
  if (there === 0) return undefined;
  const { list, server, length, nothing } = proofs;
  const ways = [
    [list, 'by the checksum of the list'],
    [server, list > 0 ? 'by that of the server' : 'by the checksum of the server'],
    [length, length === 1 ? 'by its length alone' : 'by their length alone'],
    [nothing, 'not at all'],
  ] as const;
  const used = ways.filter(([number]) => number > 0);
  return `Checked: ${used.map(([number, how]) => `${formatCount(number)} ${how}`).join(', ')}.`;
}

/** The most memory that the process has had. */
export function memorySentence({ peakMemoryBytes }: DownloadRun): string {
  return `Memory of the process: ${formatSize(peakMemoryBytes)} at most.`;
}

/** Where the files are and what the batch was asked to keep to. */
export function downloadSettingsSentence({ folder, limits }: DownloadRun): string {
  const { concurrency, perHost, bytesPerSecond, durable } = limits;
  const most = Number.isFinite(concurrency) ? `at most ${formatCount(concurrency)}` : 'any number';
  const host = perHost < concurrency ? `, ${formatCount(perHost)} of one host` : '';
  const rate =
    bytesPerSecond === undefined || !Number.isFinite(bytesPerSecond)
      ? ''
      : `, at most ${formatRate(bytesPerSecond)}`;
  return (
    `Into ${folder}; ${most} in flight${host}${rate}; ` +
    `${durable ? 'a file counted as there when it was on the disk' : 'not waited for the disk'}.`
  );
}

/** A rate for people: `21.5 MB/s`. */
export function formatRate(bytesPerSecond: Bytes): string {
  return `${formatSize(bytesPerSecond)}/s`;
}

function lostPhrase({ files }: DownloadRun, { outcomes }: DownloadSummary): string {
  const { failed, stopped, waiting } = outcomes;
  if (failed > 0 && failed === files.length)
    return failed === 1 ? '; it failed' : '; every one failed';
  const lost = [
    [failed, 'failed'],
    [stopped, 'not finished'],
    [waiting, 'not begun'],
  ] as const;
  return lost
    .filter(([number]) => number > 0)
    .map(([number, what], index) => `${index === 0 ? '; ' : ', '}${formatCount(number)} ${what}`)
    .join('');
}
