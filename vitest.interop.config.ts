import { defineConfig } from 'vitest/config';
import base from './vitest.config.js';

const { globalSetup = [] } = base.test ?? {};

export default defineConfig({
  ...base,
  test: {
    pool: 'forks',
    testTimeout: 30_000,
    include: ['test/interop/**/*.test.ts'],
    globalSetup: ['test/interop/support/tools.ts', ...[globalSetup].flat()],
    // Every file starts servers of its own; one after another they do not take the processor from each other.
    fileParallelism: false,
  },
});
