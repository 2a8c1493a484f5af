import { fileURLToPath } from 'node:url';
import { createJiti } from 'jiti';

// What a module imports from lwasync is this very package, also where it is not installed beside the module.
const OWN = {
  'lwasync/client-synchronous': ownFile('../clients/synchronous.js'),
  'lwasync/client-asynchronous': ownFile('../clients/asynchronous.js'),
  'lwasync/client-on-loop': ownFile('../clients/on-loop.js'),
  'lwasync/loop': ownFile('../loop/index.js'),
  'lwasync/server': ownFile('../server/index.js'),
};

/** Imports somebody's module, in TypeScript or JavaScript, with the lines of its stacks as they were written. */
export function importUserModule(path: string): Promise<unknown> {
  const jiti = createJiti(import.meta.url, { interopDefault: false, fsCache: false, alias: OWN });
  return jiti.import(path);
}

function ownFile(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}
