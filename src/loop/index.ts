export { EventLoop } from './event-loop.js';
export {
  CancelledError,
  DeadlockError,
  StoppedError,
  TaskGroupError,
  TimeoutError,
} from './errors.js';
export type { Handle, HandleKind, Timer } from './handle.js';
export { combine } from './instruments/combine.js';
export type { Instrument, LoopView, Phase, TaskInfo, WatchInfo } from './instruments/instrument.js';
export type {
  LoopRecord,
  PassRecord,
  RunRecord,
  TaskRecord,
  Totals,
} from './instruments/record.js';
export { Recorder, type RecorderOptions } from './instruments/recorder.js';
export { warnOfSlowCallbacks, type SlowCallbackOptions } from './instruments/slow-callbacks.js';
export { describeRun, summarize, type LoopSummary } from './instruments/summary.js';
export { toTraceEvents, type TraceEvent } from './instruments/trace-events.js';
export type { EventLoopOptions } from './loop-options.js';
export { EpollSelector } from './selectors/epoll-selector.js';
export { ManualSelector } from './selectors/manual-selector.js';
export { PollSelector } from './selectors/poll-selector.js';
export { READ, WRITE, type Attachment, type Selector } from './selectors/selector.js';
export { connect, type ConnectOptions, type ConnectTarget } from './streams/connect.js';
export {
  listen,
  type ConnectionHandler,
  type ListenOptions,
  type Server,
} from './streams/listen.js';
export { NameError } from './streams/resolve-name.js';
export type { Stream } from './streams/stream.js';
export { StreamClosedError, StreamEndedError, StreamLimitError } from './streams/stream-errors.js';
export type { InternetAddress, SocketAddress, UnixAddress } from './system/socket-address.js';
export {
  closeDescriptor,
  connectResult,
  openSocket,
  receive,
  send,
  startConnect,
} from './system/sockets.js';
export { SystemError } from './system/system-error.js';
export type { Coroutine, Work } from './tasks/coroutine.js';
export { Event } from './tasks/event.js';
export { Future } from './tasks/future.js';
export { Lock } from './tasks/lock.js';
export { Queue, QueueClosedError } from './tasks/queue.js';
export { currentLoop } from './tasks/running.js';
export { Semaphore } from './tasks/semaphore.js';
export { sleep } from './tasks/sleep.js';
export { gather, taskGroup, type TaskStarter } from './tasks/task-group.js';
export { startTask, Task, type TaskOptions } from './tasks/task.js';
export { timeout } from './tasks/timeout.js';
export {
  InboxClosedError,
  openInbox,
  sendTo,
  type Inbox,
  type SenderData,
} from './threads/inbox.js';
export { runInThread, ThreadEndedError } from './threads/run-in-thread.js';
export type { ChildProcess } from './processes/child-process.js';
export { OutputLimitError } from './processes/collect.js';
export type { ExitStatus, SignalName } from './processes/exit-status.js';
export type { InputStream } from './processes/input-stream.js';
export type { OutputStream } from './processes/output-stream.js';
export { runProcess, type ProcessResult, type RunProcessOptions } from './processes/run-process.js';
export type { SpawnOptions, StandardStream } from './processes/spawn-options.js';
export { spawn } from './processes/spawn.js';
