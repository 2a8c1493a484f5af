import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { messageOf, UsageError } from '../core/errors.js';
import { parseShare, quoted } from '../core/parse-units.js';
import type { CheckedSlowdown } from '../report/diff-document.js';
import {
  checkSlowdown,
  diffRuns,
  type RunDiff,
  type SavedMeasurement,
} from '../statistics/run-diff.js';
import { EXIT, strongestExitCode, type ExitCode } from './exit-codes.js';
import { print, remark, styleFor } from './terminal.js';
import { valueOption } from './value-option.js';

interface DiffOptions {
  readonly maxSlowdown?: number;
  readonly json?: boolean;
}

const HELP = `
Both files are JSON documents of lwasync compare or lwasync sweep, written with -o FILE.json or --json.

Examples:
  lwasync compare -n 50 -o before.json          then change something, and measure again:
  lwasync compare -n 50 -o after.json
  lwasync diff before.json after.json
  lwasync diff before.json after.json --max-slowdown 5%

Exit codes: 0 done, 1 something got slower by more than was allowed, 2 wrong usage, 4 that cannot be told.`;

/** Adds `lwasync diff`: what changed from one saved measurement to another, and whether that is more than noise. */
export function addDiffCommand(program: Command, end: (code: ExitCode) => void): void {
  program
    .command('diff')
    .description('compare two saved measurements and say what got slower or faster')
    .argument('<before>', 'the JSON document of the earlier measurement')
    .argument('<after>', 'that of the later one')
    .addOption(
      valueOption(
        '--max-slowdown <share>',
        'fail when anything got slower by more than this share of its time (like 5%)',
        (text) => parseShare(text),
      ),
    )
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action(async (before: string, after: string, options: DiffOptions) => {
      end(await runDiff(before, after, options));
    });
}

async function runDiff(
  beforeFile: string,
  afterFile: string,
  { maxSlowdown: most, json = false }: DiffOptions,
): Promise<ExitCode> {
  const [before, after] = [await readSaved(beforeFile), await readSaved(afterFile)];
  if (before.kind !== after.kind) {
    throw new UsageError(
      `expected two documents of the same command, got one of ${before.kind} in ${quoted(beforeFile)} ` +
        `and one of ${after.kind} in ${quoted(afterFile)}`,
    );
  }
  const diff = diffRuns(before, after);
  const checked = most === undefined ? undefined : { most, parts: checkSlowdown(diff, most) };
  const { circumstanceSentences, slowdownSentences } = await import('../report/diff-text.js');
  for (const text of circumstanceSentences(diff)) remark(text);
  await printDiff(before.kind, diff, checked, json);
  if (checked === undefined) return EXIT.done;
  for (const text of slowdownSentences(checked.parts, checked.most)) remark(text);
  if (checked.parts.length === 0) return EXIT.inconclusive;
  return strongestExitCode(
    checked.parts.map(({ result }) =>
      result === 'met'
        ? EXIT.done
        : result === 'failed'
          ? EXIT.expectationFailed
          : EXIT.inconclusive,
    ),
  );
}

async function printDiff(
  kind: SavedMeasurement['kind'],
  diff: RunDiff,
  checked: CheckedSlowdown | undefined,
  json: boolean,
): Promise<void> {
  if (json) {
    const { diffDocument } = await import('../report/diff-document.js');
    print(JSON.stringify(diffDocument(kind, diff, checked)));
    return;
  }
  const { renderDiff } = await import('../report/diff-text.js');
  print(renderDiff(diff, styleFor(process.stdout, process.env)));
}

async function readSaved(file: string): Promise<SavedMeasurement> {
  const { readMeasurement } = await import('../report/saved-measurement.js');
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new UsageError(`${quoted(file)} cannot be read (${messageOf(error)})`);
  });
  try {
    return readMeasurement(parseJson(text));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`${quoted(file)}: ${error.message}`);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(
      `expected a JSON document, written with -o FILE.json or --json (${messageOf(error).replaceAll(/\s+/g, ' ')})`,
    );
  }
}
