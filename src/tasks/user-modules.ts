import { readFileSync } from 'node:fs';
import nodeModule, { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { createJiti as CreateJiti, Jiti } from 'jiti';

// Imported, the whole of it would be searched for names that it might export first, which takes a fortieth of a second.
const createJiti: typeof CreateJiti = createRequire(import.meta.url)('jiti').createJiti;

// What a module imports from lwasync is this very package, also where it is not installed beside the module.
const OWN = {
  'lwasync/client-synchronous': ownFile('../clients/synchronous.js'),
  'lwasync/client-asynchronous': ownFile('../clients/asynchronous.js'),
  'lwasync/client-on-loop': ownFile('../clients/on-loop.js'),
  'lwasync/learn': ownFile('../learn/index.js'),
  'lwasync/loop': ownFile('../loop/index.js'),
  'lwasync/server': ownFile('../server/index.js'),
};

/**
 * Imports somebody's module, in TypeScript or JavaScript, with the lines of its stacks as they were written. What stands in the folder
 * `compiled` is not compiled again.
 */
export function importUserModule(path: string, compiled?: string): Promise<unknown> {
  return compiler(compiled).import(path);
}

/**
 * Compiles a module into a folder, for a process that imports it next: loading the compiler costs that one more than all else. What
 * is wrong with the module is told when it is imported.
 */
export function compileInto(folder: string, path: string): void {
  compileOnce(compiler(folder), path);
}

/**
 * Gets ready to import a module as the program of this process, and returns what does it. The compiler is loaded and
 * has compiled the file once by then: cold, that takes a tenth of a second, in which many a program is over.
 */
export function prepareProgram(path: string): () => Promise<unknown> {
  const jiti = compiler();
  compileOnce(jiti, path);
  makeMain(path);
  return () => jiti.import(path);
}

function compiler(compiled?: string): Jiti {
  const fsCache = compiled ?? false;
  return createJiti(import.meta.url, { interopDefault: false, fsCache, alias: OWN });
}

function compileOnce(jiti: Jiti, path: string): void {
  if (!/\.[cm]?ts$/.test(path)) return;
  try {
    jiti.transform({ source: readFileSync(path, 'utf8'), filename: path, ts: true, async: true });
  } catch {
    // What is wrong with it is told when it is imported.
  }
}

// Programs ask `require.main === module` before they do anything: the module of this file is the main one. Node takes it from
// `process` when it makes a `require`, and knows the modules that it made itself by then; jiti tells Node of one only later.
function makeMain(path: string): void {
  const { cache } = createRequire(import.meta.url);
  const { Module } = nodeModule;
  nodeModule.Module = class extends Module {
    constructor(id: string, parent?: NodeJS.Module) {
      super(id, parent);
      if (id === path) cache[id] = this;
    }
  };
  Object.defineProperty(process, 'mainModule', { get: () => cache[path], configurable: true });
}

function ownFile(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}
