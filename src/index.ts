export { compare, type CompareControl } from './experiment/compare.js';
export { load, type LoadControl, type LoadProgress } from './experiment/load.js';
export type { LoadOptions } from './experiment/load-options.js';
export type { LoadBucket, LoadCounts, LoadPlan, LoadRun } from './core/load.js';
export { LatencyHistogram } from './core/latency-histogram.js';
export {
  summarizeLoad,
  type LoadLatency,
  type LoadPart,
  type LoadSummary,
} from './statistics/load-summary.js';
export { decodeHistogram, encodeHistogram } from './statistics/histogram-encoding.js';
export { loadDocument } from './report/load-document.js';
export { renderLoadMarkdown } from './report/load-markdown.js';
export type { Compared, CompareOptions } from './experiment/compare-options.js';
export { sweep } from './experiment/sweep.js';
export type { SweepMode, SweepOptions } from './experiment/sweep-options.js';
export { programTask, type ProgramSpec } from './experiment/program-task.js';
export { commandTask, type CommandTaskSpec } from './tasks/command-task.js';
export { fileTask, type FileTaskSpec } from './tasks/file-task.js';
export { httpTask, type HttpTaskSpec } from './tasks/http-task.js';
export { matrixTask, type MatrixTaskSpec } from './tasks/matrix-task.js';
export { moduleTask, type ModuleTaskSpec } from './tasks/module-task.js';
export { piTask, type PiTaskSpec } from './tasks/pi-task.js';
export { sleepTask, type SleepTaskSpec } from './tasks/sleep-task.js';
export type { TaskSpec } from './tasks/task-spec.js';
export type { CallOptions } from './clients/call-options.js';
export { judge, type Verdict, type PairVerdict, type Doubling } from './statistics/verdict.js';
export { judgeSweep, type JudgedLevel, type SweepVerdict } from './statistics/sweep-verdict.js';
export type { CauseName, StopCause } from './statistics/stop-cause.js';
export type { ScalingFit, ScalingModel } from './statistics/scaling-models.js';
export { sweepDocument } from './report/sweep-document.js';
export { renderSweepMarkdown } from './report/sweep-markdown.js';
export { compareDocument } from './report/compare-document.js';
export { renderCompareHtml } from './report/compare-html.js';
export { renderCompareMarkdown } from './report/compare-markdown.js';
export { renderInFlightSvg } from './report/in-flight-svg.js';
export { renderTimelineSvg } from './report/timeline-svg.js';
export { traceDocument, type CallTrace } from './report/trace-document.js';
export { LwasyncError, UnavailableError, UsageError } from './core/errors.js';
export { CallError, CallsFailedError } from './core/call-error.js';
export { TaskError } from './core/task-error.js';
export type {
  Connecting,
  ContenderMode,
  Environment,
  LeftOutMode,
  LoopActivity,
  Measurement,
  ModeName,
  ModeRounds,
  Overhead,
  Resources,
  Round,
  Run,
  TaskDescription,
} from './core/run.js';
export { downloadAll } from './download/download-all.js';
export type { DownloadItem, DownloadOptions } from './download/download-options.js';
export { downloadDocument } from './report/download-document.js';
export { renderDownloadHtml } from './report/download-html.js';
export { renderDownloadMarkdown } from './report/download-markdown.js';
export { renderDownloadSvg } from './report/download-svg.js';
export type {
  ActiveDownload,
  Checksum,
  ChecksumAlgorithm,
  DownloadedFile,
  DownloadEvent,
  DownloadFailureCode,
  DownloadLimits,
  DownloadOutcome,
  DownloadProgress,
  DownloadProof,
  DownloadRun,
} from './core/download.js';
export type { SweepLevel, SweepLimits, SweepOver, SweepProof, SweepRun } from './core/sweep.js';
