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

export default defineConfig({
  plugins: [runWhatIsShipped],
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['test/interop/**', 'test/long/**'],
    globalSetup: ['test/support/build-first.ts'],
    pool: 'forks',
    testTimeout: 30_000,
  },
});
