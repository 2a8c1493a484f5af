import type { ClassReport } from '../learn/class-report.js';
import type { Renderers } from './output-file.js';

/** What a report of a class can be written as. */
export const CLASS_RENDERERS: Renderers<ClassReport> = {
  '.json': async (report) => {
    const { reportDocument } = await import('./learn-report-document.js');
    return `${JSON.stringify(reportDocument(report))}\n`;
  },
  '.html': async (report) => {
    const { renderReportHtml } = await import('./learn-report-html.js');
    return renderReportHtml(report);
  },
  '.md': async (report) => {
    const { renderReportMarkdown } = await import('./learn-report-markdown.js');
    return renderReportMarkdown(report);
  },
};
