import type { Environment } from '../core/run.js';
import { definitions, section } from './html-page.js';

/** Where it was measured, and with what. */
export function environmentSection(environment: Environment, version: string): string {
  const { node, os, cpus, cpuModel } = environment;
  return section(
    'Where it was measured',
    definitions([
      ['lwasync', version],
      ['Node.js', node],
      ['system', os],
      ['processor', `${cpus === 1 ? '1 CPU' : `${cpus} CPUs`} (${cpuModel})`],
    ]),
  );
}
