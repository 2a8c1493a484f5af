import { resolve, sep } from 'node:path';
import { defineConfig } from 'vitest/config';

const root = import.meta.dirname;

/**
 * Tests name the sources (so that types come from there) and run what is shipped: every relative import of a file in
 * `src/` is answered with the file `tsc` made of it in `dist/`. Worker threads need that on Node 20, and it leaves one
 * copy of each module.
 */
const runWhatIsShipped = {
  name: 'run-what-is-shipped',
  enforce: 'pre' as const,
  resolveId(source: string, importer: string | undefined) {
    if (importer === undefined || !source.startsWith('.') || !source.endsWith('.js')) return null;
    const file = resolve(importer, '..', source);
    const sources = resolve(root, 'src') + sep;
    if (!file.startsWith(sources)) return null;
    return { id: resolve(root, 'dist', file.slice(sources.length)), external: true };
  },
};

// Without a thread, a process or a socket: such files may share a process, which saves starting one for each.
const PURE = ['src/{core,http,statistics,report}/**/*.test.ts', 'test/layers.test.ts'];
// What measures time has the machine to itself.
const MEASURING = [
  'src/experiment/**/*.test.ts',
  'test/command-line-{sweep,bound,bound-busy}.test.ts',
];

export default defineConfig({
  plugins: [runWhatIsShipped],
  test: {
    globalSetup: ['test/support/build-first.ts'],
    pool: 'forks',
    testTimeout: 30_000,
    hookTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'pure',
          include: PURE,
          isolate: false,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'parts',
          include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: [...PURE, ...MEASURING, 'test/interop/**', 'test/long/**'],
          // More than the cores of a small machine: many tests wait for a timer, a server or a process.
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'measuring',
          include: MEASURING,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
