import { readdirSync, readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

/** The rooms of `src/` and their floors; a room imports only from floors below its own. The table in docs/design.md. */
const FLOORS: Readonly<Record<string, number>> = {
  core: 0,
  loop: 1,
  http: 1,
  statistics: 1,
  clients: 2,
  server: 2,
  download: 3,
  tasks: 4,
  modes: 5,
  measure: 5,
  experiment: 6,
  report: 6,
  learn: 7,
  web: 7,
  distributed: 7,
  cli: 8,
};

/** The event loop is a library of its own. */
const ONLY_CORE: ReadonlySet<string> = new Set(['loop']);

const root = join(import.meta.dirname, '..', 'src');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
);

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const specifiers = text.matchAll(/(?:from|import\(|import|new URL\()\s*'(\.[^']+)'/g);
  return [...specifiers]
    .map(([, specifier = '']) => normalize(join(file, '..', specifier)).replace(/\.js$/, '.ts'))
    .filter((imported) => imported.endsWith('.ts'));
}

function roomOf(file: string): string {
  return file.includes('/') ? file.slice(0, file.indexOf('/')) : '';
}

function forbidden(file: string, imported: string): boolean {
  const [from, to] = [roomOf(file), roomOf(imported)];
  if (from === to || from === '') return false;
  if (ONLY_CORE.has(from)) return to !== 'core';
  return (FLOORS[to] ?? Infinity) >= (FLOORS[from] ?? -1);
}

describe('the rooms', () => {
  it('are all in the table', () => {
    const rooms = new Set(files.map(roomOf).filter((room) => room !== ''));
    expect([...rooms].filter((room) => FLOORS[room] === undefined)).toEqual([]);
  });

  it('import only from floors below their own', () => {
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter((imported) => forbidden(file, imported))
        .map((imported) => `${file} imports ${imported}`),
    );
    expect(wrong).toEqual([]);
  });

  it('import files that exist, so that no import is overlooked', () => {
    const known = new Set(files);
    const outside = files.flatMap((file) =>
      importsOf(file).filter((imported) => !known.has(imported)),
    );
    expect(outside).toEqual([]);
    expect(files.flatMap(importsOf).length).toBeGreaterThan(files.length);
  });

  it('have no file that imports itself around a circle', () => {
    expect(findCycle()).toBeUndefined();
  });

  it('end the process only in the command line', () => {
    const ending = files.filter((file) =>
      /process\.exit\(/.test(readFileSync(join(root, file), 'utf8')),
    );
    // A child process of the practice server ends itself when its parent is gone.
    expect(ending.filter((file) => roomOf(file) !== 'cli')).toEqual(['server/server-process.ts']);
  });
});

// Types vanish when the sources are compiled, so a circle of types alone is none.
function findCycle(): string[] | undefined {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const imported of valueImportsOf(file)) {
      const cycle = visit(imported, [...path, file]);
      if (cycle !== undefined) return cycle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of files) {
    const cycle = visit(file, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

function valueImportsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8').replace(
    /import type [^;]+;|export type [^;]+ from [^;]+;/g,
    '',
  );
  const specifiers = text.matchAll(/(?:from|import\(|import)\s*'(\.[^']+)'/g);
  return [...specifiers].map(([, specifier = '']) =>
    normalize(join(file, '..', specifier)).replace(/\.js$/, '.ts'),
  );
}
