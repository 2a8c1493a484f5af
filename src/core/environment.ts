import { availableParallelism, cpus, machine, release, type } from 'node:os';
import type { Environment } from './run.js';

/** This machine and this Node, as a report names them. */
export function describeEnvironment(): Environment {
  return {
    node: process.versions.node,
    os: `${type()} ${release()} ${machine()}`,
    cpus: availableParallelism(),
    cpuModel: cpus()[0]?.model.trim() ?? 'unknown',
  };
}
