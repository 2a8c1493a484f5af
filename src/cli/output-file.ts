import { constants } from 'node:fs';
import { access, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Option } from 'commander';
import { messageOf, UsageError } from '../core/errors.js';
import { quoted } from '../core/parse-units.js';
import type { Run } from '../core/run.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { remark } from './terminal.js';
import { valueOption } from './value-option.js';
import { writeFaultCode } from './write-fault.js';

/** Renders a result, by the ending of the file's name; of two endings that fit, the first counts. */
export type Renderers<Result> = Readonly<Record<string, (result: Result) => Promise<string>>>;

/** What a run can be written as. */
export const RUN_RENDERERS: Renderers<Run> = {
  '.trace.json': async (run) => {
    const { traceDocument } = await import('../report/trace-document.js');
    return `${JSON.stringify(traceDocument(run))}\n`;
  },
  '.json': async (run) => {
    const { compareDocument } = await import('../report/compare-document.js');
    return `${JSON.stringify(compareDocument(run, true))}\n`;
  },
  '.html': async (run) => {
    const { renderCompareHtml } = await import('../report/compare-html.js');
    return renderCompareHtml(run);
  },
  '.md': async (run) => {
    const { renderCompareMarkdown } = await import('../report/compare-markdown.js');
    return renderCompareMarkdown(run);
  },
  '.svg': async (run) => {
    const { renderTimelineSvg } = await import('../report/timeline-svg.js');
    return renderTimelineSvg(run);
  },
};

/** The option that names the files of reports; it may be given again. */
export function outputOption(renderers: Renderers<never>): Option {
  const endings = Object.keys(renderers).join(', ');
  return valueOption<string[]>(
    '-o, --output <file>',
    `write a report of the kind that its ending says (${endings}); may be given again`,
    (path, before = []) => [...before, path],
  );
}

/** A file that a report will be written to, checked before anything is measured. */
export interface OutputFile<Result> {
  readonly path: string;
  readonly render: (result: Result) => Promise<string>;
}

/**
 * Checks that a report can be written to each of `paths`.
 *
 * @throws {UsageError} when one is named twice, an ending is unknown or a folder cannot be written to.
 */
export async function openOutputFiles<Result>(
  paths: readonly string[],
  renderers: Renderers<Result>,
): Promise<OutputFile<Result>[]> {
  const twice = paths.find((path, index) => paths.indexOf(path) < index);
  if (twice !== undefined) {
    throw new UsageError(`--output: expected each file once, got ${quoted(twice)} twice`);
  }
  return Promise.all(paths.map((path) => openOutputFile(path, renderers)));
}

/**
 * Checks that a report can be written to `path`: its ending says of what kind, and its folder takes a file.
 *
 * @throws {UsageError} when the ending is unknown or the folder cannot be written to.
 */
export async function openOutputFile<Result>(
  path: string,
  renderers: Renderers<Result>,
): Promise<OutputFile<Result>> {
  const ending = Object.keys(renderers).find((known) => path.endsWith(known));
  const render = ending === undefined ? undefined : renderers[ending];
  if (render === undefined) {
    throw new UsageError(
      `--output: expected a file name that ends in ${Object.keys(renderers).join(', ')}, got ${quoted(path)}`,
    );
  }
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) throw new UsageError(`--output: ${quoted(path)} is a folder, expected a file name`);
  try {
    await access(dirname(path), constants.W_OK);
  } catch (error) {
    throw new UsageError(
      `--output: no file can be written to the folder ${quoted(dirname(path))} (${messageOf(error)})`,
    );
  }
  return { path, render };
}

/** Writes the report to each of the files; resolves to an exit code for each. */
export async function writeOutputFiles<Result>(
  files: readonly OutputFile<Result>[],
  result: Result,
): Promise<ExitCode[]> {
  const codes: ExitCode[] = [];
  for (const file of files) codes.push(await writeOutputFile(file, result));
  return codes;
}

/**
 * Writes the report beside its name first and moves it there when it is whole, so that no half of one is ever seen. Says
 * on standard error what came of it, and resolves to the exit code.
 */
export async function writeOutputFile<Result>(
  { path, render }: OutputFile<Result>,
  result: Result,
): Promise<ExitCode> {
  const whole = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(whole, await render(result));
    await rename(whole, path);
    remark(`wrote ${path}`);
    return EXIT.done;
  } catch (error) {
    await rm(whole, { force: true }).catch(() => {});
    remark(`--output: ${quoted(path)} could not be written (${messageOf(error)})`);
    return writeFaultCode(error);
  }
}
