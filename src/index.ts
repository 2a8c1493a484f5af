export { compare, type CompareControl } from './experiment/compare.js';
export type { CompareOptions } from './experiment/compare-options.js';
export { httpTask, type HttpTaskSpec } from './tasks/http-task.js';
export type { CallOptions } from './clients/call-options.js';
export { judge, type Verdict, type PairVerdict, type Doubling } from './statistics/verdict.js';
export { compareDocument } from './report/compare-document.js';
export { renderCompareMarkdown } from './report/compare-markdown.js';
export { renderTimelineSvg } from './report/timeline-svg.js';
export { LwasyncError, UnavailableError, UsageError } from './core/errors.js';
export { CallError, CallsFailedError } from './core/call-error.js';
export type {
  Connecting,
  Environment,
  Measurement,
  ModeName,
  ModeRounds,
  Overhead,
  Round,
  Run,
  TaskDescription,
} from './core/run.js';
