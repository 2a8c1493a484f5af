import { toSeconds } from '../core/format-units.js';
import type { Run } from '../core/run.js';

/** One mode's calls as one JSON document, times in seconds; its form is `schemas/calls.schema.json`. */
export function callsDocument(run: Run): object {
  const [mode] = run.measured.modes;
  // A warm-up in which every call failed ends the run; its calls are then all there is to tell.
  const counted = mode?.rounds[0];
  const round = counted ?? mode?.warmup.at(-1);
  const calls = round?.calls;
  const indexes = Array.from({ length: calls?.number ?? 0 }, (_, index) => index);
  const outcomes = indexes.map((index) => calls?.outcome(index) ?? 'not started');
  const ended = indexes.filter(
    (index) => outcomes[index] !== 'not started' && outcomes[index] !== 'in flight',
  );
  return {
    schema: 'lwasync.calls/1',
    mode: mode?.mode ?? null,
    task: run.tasks[0] ?? null,
    number: run.measured.number,
    concurrency: mode?.concurrency ?? null,
    seconds: counted === undefined ? null : toSeconds(counted.wallMs),
    warmup: { seconds: (mode?.warmup ?? []).map((warmup) => toSeconds(warmup.wallMs)) },
    connecting: {
      connections: round?.connecting.connections ?? 0,
      seconds: toSeconds(round?.connecting.durationMs ?? 0),
    },
    responses: round?.answers ?? [],
    calls: ended.map((index) => ({
      index,
      start: toSeconds(calls?.startMs[index] ?? 0),
      seconds: toSeconds(calls?.durationMs[index] ?? 0),
      status: calls?.status[index] || null,
    })),
    failures: ended
      .filter((index) => outcomes[index] !== 'ok')
      .map((index) => {
        const code = outcomes[index];
        const kind = round?.failures.find((failure) => failure.code === code);
        return {
          index,
          code,
          status: calls?.status[index] || null,
          message: kind?.example ?? null,
        };
      }),
    warnings: run.warnings,
    interrupted: run.interrupted,
  };
}
