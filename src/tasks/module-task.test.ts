import { describe, expect, it } from 'vitest';
import { findExports } from './module-task.js';

describe('the tasks that a text exports', () => {
  it.each([
    ['export async function task(index) {}', true, false],
    ['export function taskSync(index) {}', false, true],
    ['export const task = async () => 1;\nexport function taskSync() {}', true, true],
    ['  export let taskSync = () => 1', false, true],
    ['const task = 1;\nexport { task };', true, false],
    ['export {\n  helper,\n  run as task,\n};', true, false],
    ["export { taskSync } from './other.js';", false, true],
    ["export * from './other.js';", true, true],
    ['exports.task = async () => 1;', true, false],
    ['module.exports.taskSync = () => 1;', false, true],
    ['module.exports = { task, taskSync };', true, true],
    ['module.exports = {\n  helper,\n  async task() {\n    return {};\n  },\n};', true, false],
    ['module.exports = {\n  run: 1,\n};\ntask(1);', false, false],
    ['export default { taskSync: () => 1 };', false, true],
    ['module.exports = { taskOfMine };', false, false],
    ['export function taskOfMine() {}', false, false],
    ['function task() {}\ntask();', false, false],
    ['// export function task', false, false],
    ['', false, false],
  ])('%j: task %s, taskSync %s', (source, task, taskSync) => {
    expect(findExports(source)).toEqual({ task, taskSync });
  });
});
