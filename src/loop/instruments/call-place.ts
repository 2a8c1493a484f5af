import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

// Between the program and here are an instrument or two, and what the program called: seldom more than ten calls.
const DEPTH = 20;
// With source maps, Node names the sources instead of what they were compiled to. Our tests stand beside them.
const PACKAGE = join(import.meta.dirname, '..', '..', '..');
const OWN_FOLDERS: readonly string[] = [join(PACKAGE, 'dist') + sep, join(PACKAGE, 'src') + sep];
const TEST = /\.test\.ts:\d+$/;
// What stands after `at async` was left before; it did not ask for anything now.
const PLACE = /^\s*at (?!async )(?:.*\()?((?:file:\/\/|\/|[A-Za-z]:\\)[^()]*:\d+):\d+\)?$/;
// What called the loop that calls back did not ask for what is asked for now.
const LOOP_CALLS_BACK = 'runOnce (';
const INSTALLED = `${sep}node_modules${sep}`;

const places = new WeakMap<object, string>();

/**
 * Notes for `thing`, which is being made, where in the program that is asked for. Taking the stack costs some
 * microseconds. Several instruments may ask; it is taken once.
 */
export function notePlace(thing: object): string | undefined {
  const known = places.get(thing);
  if (known !== undefined) return known;
  const place = callPlace();
  if (place !== undefined) places.set(thing, place);
  return place;
}

/** What was noted, as `file:line`. */
export function placeOf(thing: object): string | undefined {
  return places.get(thing);
}

/** The nearest line of the stack that is neither of this package, nor of an installed one, nor of Node, as `file:line`. */
export function callPlace(): string | undefined {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = DEPTH;
  const stack: unknown = new Error('for its stack').stack;
  Error.stackTraceLimit = stackTraceLimit;
  // The program may have put something else there.
  if (typeof stack !== 'string') return undefined;
  for (const line of stack.split('\n')) {
    const place = PLACE.exec(line)?.[1];
    if (place === undefined) continue;
    const file = place.startsWith('file://') ? fileUrlToPlace(place) : place;
    const own = isOwn(file);
    if (!own && !file.includes(INSTALLED)) return file;
    if (own && line.includes(LOOP_CALLS_BACK)) return undefined;
  }
  return undefined;
}

function isOwn(file: string): boolean {
  return !TEST.test(file) && OWN_FOLDERS.some((folder) => file.startsWith(folder));
}

// A URL with a line number at its end.
function fileUrlToPlace(place: string): string {
  const colon = place.lastIndexOf(':');
  return fileURLToPath(place.slice(0, colon)) + place.slice(colon);
}
