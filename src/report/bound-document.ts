import type { BoundRun } from '../core/bound.js';
import { toSeconds } from '../core/format-units.js';
import { boundness } from '../statistics/boundness.js';

/** What a run is bound by as one JSON document, times in seconds; its form is `schemas/bound.schema.json`. */
export function boundDocument(run: BoundRun): object {
  const bound = boundness(run);
  const { states, ending } = run;
  return {
    schema: 'lwasync.bound/1',
    version: run.version,
    environment: run.environment,
    [run.kind]: run.text,
    number: run.number,
    failed: run.failed,
    verdict: bound.verdict ?? null,
    cpuShare: rounded(bound.cpuShare),
    blockedShare: rounded(bound.blockedShare),
    waitingShare: rounded(bound.waitingShare),
    ifCpuTwiceAsFast: toSeconds(bound.ifCpuTwiceAsFastMs),
    ifIoTwiceAsFast: toSeconds(bound.ifIoTwiceAsFastMs),
    ceiling: rounded(bound.ceiling),
    seconds: {
      wall: toSeconds(run.wallMs),
      user: toSeconds(run.userMs),
      system: toSeconds(run.systemMs),
      withoutCore: run.withoutCoreMs === undefined ? null : toSeconds(run.withoutCoreMs),
    },
    mainThread:
      states === undefined
        ? null
        : {
            computing: toSeconds(states.computingMs),
            blocked: toSeconds(states.blockedMs),
            waiting: toSeconds(states.waitingMs),
          },
    blocks: run.blocks.map(({ file, line, durationMs, call, source }) => ({
      file,
      line,
      seconds: toSeconds(durationMs),
      call: call ?? null,
      source: source ?? null,
    })),
    ending:
      ending.kind === 'signal'
        ? { code: null, signal: ending.signal }
        : { code: ending.kind === 'code' ? ending.code : 0, signal: null },
    warnings: run.notes,
    interrupted: run.interrupted,
  };
}

// Further digits are noise.
function rounded(value: number | undefined): number | null {
  return value === undefined ? null : Number(value.toPrecision(6));
}
