import { courseFolder, findCourse } from '../learn/course.js';
import { reportClass } from '../learn/class-report.js';
import { EXIT, strongestExitCode, type ExitCode } from './exit-codes.js';
import { outputLook } from './learn-list.js';
import { reportDocument } from './learn-report-document.js';
import { CLASS_RENDERERS } from './learn-report-files.js';
import { unreadOf } from './learn-report-rows.js';
import { renderReport } from './learn-report-text.js';
import { openOutputFiles, writeOutputFiles } from './output-file.js';
import { print, remark } from './terminal.js';

/** Reports how far the learners are whose courses lie in these folders, or in the one that we are in. */
export async function runReport(
  folders: readonly string[],
  { output = [], json = false }: { readonly output?: readonly string[]; readonly json?: boolean },
): Promise<ExitCode> {
  const files = await openOutputFiles(output, CLASS_RENDERERS);
  const report = reportClass(folders.length > 0 ? namesOf(folders) : [ownFolder()]);
  for (const text of unreadOf(report)) remark(text);
  if (json) print(JSON.stringify(reportDocument(report)));
  else if (report.learners.length > 0) print(renderReport(report, outputLook()));
  const written = await writeOutputFiles(files, report);
  return strongestExitCode([...written, report.unread.length > 0 ? EXIT.usage : EXIT.done]);
}

// A shell writes folders with a slash at the end where it was asked for folders only.
function namesOf(folders: readonly string[]): string[] {
  return [...new Set(folders.map((name) => name.replace(/(?<=.)[/\\]+$/, '')))];
}

function ownFolder(): string {
  return courseFolder('.') ?? findCourse('.').folder;
}
