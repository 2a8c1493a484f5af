import { defineConfig } from 'vitest/config';
import base from './vitest.config.js';

const { globalSetup = [] } = base.test ?? {};

export default defineConfig({
  ...base,
  test: {
    pool: 'forks',
    include: ['test/long/**/*.test.ts'],
    globalSetup: [globalSetup].flat(),
    fileParallelism: false,
  },
});
