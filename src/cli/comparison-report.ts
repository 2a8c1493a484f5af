import type { Run } from '../core/run.js';
import { checkExpectation } from '../statistics/expectation-check.js';
import type { Expectation } from '../statistics/expectation.js';
import { measuredIn } from '../statistics/measured.js';
import { EXIT, strongestExitCode, type ExitCode } from './exit-codes.js';
import { checkedCodes } from './expectations.js';
import { writeOutputFiles, type OutputFile } from './output-file.js';
import { print, remark, styleFor, widthOf } from './terminal.js';

/** How a comparison is reported, and what is expected of it. */
export interface ComparisonReport {
  readonly files: readonly OutputFile<Run>[];
  readonly expectations: readonly Expectation[];
  readonly json: boolean;
}

/** Prints a comparison, writes it to files, and resolves to the exit code for it. */
export async function reportComparison(
  run: Run,
  { files, expectations, json }: ComparisonReport,
): Promise<ExitCode> {
  await printRun(run, json);
  const written = await writeOutputFiles(files, run);
  return strongestExitCode([...written, await conclude(run, expectations)]);
}

async function printRun(run: Run, json: boolean): Promise<void> {
  if (json) {
    const { compareDocument } = await import('../report/compare-document.js');
    print(JSON.stringify(compareDocument(run, false)));
    return;
  }
  const { renderCompare } = await import('../report/compare-text.js');
  const text = renderCompare(run, styleFor(process.stdout, process.env), widthOf(process.stdout));
  if (text !== '') print(text);
}

// Says on standard error what is not in the report, and whether what was expected is there.
async function conclude(run: Run, expectations: readonly Expectation[]): Promise<ExitCode> {
  const { failureSentences, leftOutSentences } = await import('../report/sentences.js');
  const found = measuredIn(run);
  const checks = expectations.map((expectation) => checkExpectation(expectation, found));
  const measurements = [run.measured, ...(run.doubled === undefined ? [] : [run.doubled])];
  const failures = measurements.flatMap(({ modes }) => failureSentences(modes));
  for (const text of [
    ...leftOutSentences(run),
    ...run.warnings,
    ...failures,
    ...checks.map((check) => check.sentence),
  ]) {
    remark(text);
  }
  return strongestExitCode([
    ...(run.interrupted ? [EXIT.interrupted] : []),
    ...checkedCodes(
      checks,
      measurements.flatMap(({ modes }) => modes),
    ),
  ]);
}
