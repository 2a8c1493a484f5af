import type { BenchContext } from '../group.js';
import { numberAt, parseJson } from '../json.js';
import type { Measurements, Subject } from '../measurements.js';
import type { Pinning } from '../pinning.js';
import { complaintOf, runProgram } from '../process.js';
import { measureInRounds, type Job } from '../rounds.js';
import { scriptPath } from '../scripts.js';
import type { Plan } from './plan.js';

/** Nanoseconds that recording adds to a call. */
export type RecordingFigure = 'addedNs';

/** What is recorded where: the words of the document, and those of the script. */
export interface Recording {
  readonly subject: Subject;
  readonly words: readonly [log: string, manner: string];
}

const ROUND = 'Recorder, every call (-n)';
const LOAD = 'Recorder, under load (--duration)';

/** Every way in which a call is recorded, in the order in which they stand in a table. */
export const RECORDINGS: readonly Recording[] = [
  { subject: { name: ROUND, setting: 'blocking' }, words: ['calls', 'blocking'] },
  { subject: { name: ROUND, setting: 'awaiting' }, words: ['calls', 'awaiting'] },
  { subject: { name: LOAD, setting: 'blocking' }, words: ['load', 'blocking'] },
  { subject: { name: LOAD, setting: 'awaiting' }, words: ['load', 'awaiting'] },
  { subject: { name: 'the histogram alone', setting: '–' }, words: ['histogram', 'blocking'] },
];

/** Measures each of them in a process of its own. */
export async function measureRecording(
  { recordings }: Plan,
  pinning: Pinning,
  context: BenchContext,
): Promise<Measurements<RecordingFigure>> {
  const script = scriptPath('recording.mjs');
  const jobs = RECORDINGS.map(({ subject, words }): Job<RecordingFigure> => ({
    subject,
    measure: async (signal) => {
      const command = [process.execPath, script, ...words, `${recordings}`] as const;
      const [file, ...rest] = pinning.client(command);
      const result = await runProgram(file, rest, { signal });
      const text = result.kind === 'ended' ? result.stdout : '';
      const addedNs = numberAt(parseJson(text), 'addedNs');
      if (addedNs === undefined) return { kind: 'none', reason: complaintOf(result) };
      return { kind: 'figures', figures: { addedNs } };
    },
  }));
  return measureInRounds(jobs, context);
}
