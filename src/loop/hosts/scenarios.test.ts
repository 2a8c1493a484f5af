import { describe, expect, it } from 'vitest';
import { SELECTORS, withLoop, type SelectorName } from '../../../test/support/loop-leaks.js';
import { SCENARIOS } from '../../../test/support/loop-scenarios.js';
import { driveNatively, type Scenario } from '../../../test/support/scenario-steps.js';
import type { EventLoop } from '../index.js';

const HOSTS = {
  run: async (loop: EventLoop, scenario: Scenario, log: (text: string) => void) =>
    loop.run(() => scenario(log)),
  host: (loop: EventLoop, scenario: Scenario, log: (text: string) => void) =>
    loop.host(() => scenario(log)),
  'a native function in host': (loop: EventLoop, scenario: Scenario, log: (text: string) => void) =>
    loop.host(async () => driveNatively(scenario(log))),
} as const;

/** What the scenario tells, and how it ends. */
async function story(
  selector: SelectorName,
  host: keyof typeof HOSTS,
  scenario: Scenario,
): Promise<string[]> {
  const log: string[] = [];
  await withLoop(selector, async (loop) => {
    try {
      const result = await HOSTS[host](loop, scenario, (text) => void log.push(text));
      log.push(`=> ${String(result)}`);
    } catch (error) {
      log.push(`=> ${String(error)}`);
    }
  });
  return log;
}

// Native code cannot be cancelled: it is not told when something else fails.
const NEED_CANCELLING = new Set([
  'a failure of a task that nobody waits for',
  'a callback that throws',
]);

describe.each(Object.entries(SCENARIOS))('%s', (name, scenario) => {
  it('is told alike by run and host on every selector, and by native code', async () => {
    const expected = await story('manual', 'run', scenario);
    expect(expected.length).toBeGreaterThan(0);
    const drivers = (['run', 'host', 'a native function in host'] as const)
      .filter((host) => host !== 'a native function in host' || !NEED_CANCELLING.has(name))
      .flatMap((host) => SELECTORS.map((selector) => ({ host, selector })));
    for (const { host, selector } of drivers) {
      expect(await story(selector, host, scenario), `${host} on ${selector}`).toEqual(expected);
    }
  });
});

describe('the scenarios', () => {
  it('are at least 30', () => {
    expect(Object.keys(SCENARIOS).length).toBeGreaterThanOrEqual(30);
  });
});
