export type { Attempt, ObservedCall, ObservedOutcome } from './attempt.js';
export type { AttemptFault, AttemptFaultCode } from './attempt-fault.js';
export {
  startSelector,
  type BlockingSelector,
  type EndedCall,
  type Selector,
} from './blocking-selector.js';
export type {
  Caller,
  OpenResource,
  Pulse,
  Seen,
  WatchedSignal,
  WorkerEvent,
} from './attempt-protocol.js';
export type { CheckContext, CheckModule } from './check-attempt.js';
export { everyOrder, shuffled, type Choose } from './every-order.js';
export { shortestRound } from './shortest-round.js';
export { shown } from './shown.js';
export {
  failed,
  passed,
  type Failed,
  type MeasuredLane,
  type MeasuredSpan,
  type Measurement,
  type Passed,
  type Verdict,
} from './verdict.js';
export type { WatchedCall, WatchFunction } from './watched-function.js';
export type { WaitingCall, WatchedServer } from './watched-server.js';
export { whatCame, type WhatCame } from './what-came.js';
export { mostAtWork, mostThere } from './workers-at-once.js';
