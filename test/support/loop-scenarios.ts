import type { Scenario } from './scenario-steps.js';
import { TASK_SCENARIOS } from './scenarios-of-tasks.js';
import { TOOL_SCENARIOS } from './scenarios-of-tools.js';

/** The scenarios by what they are about. Times are far enough apart that a slow machine keeps their order. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  ...TASK_SCENARIOS,
  ...TOOL_SCENARIOS,
};
