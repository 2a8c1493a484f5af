import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

// Between the program and here are an instrument or two, and what the program called: seldom more than ten calls.
const DEPTH = 20;
// With source maps, Node names the sources instead of what they were compiled to. Our tests stand beside them.
const PACKAGE = join(import.meta.dirname, '..', '..', '..');
const OWN_FOLDERS: readonly string[] = [join(PACKAGE, 'dist') + sep, join(PACKAGE, 'src') + sep];
const TEST = /\.test\.ts:\d+$/;
// It did not ask for anything now.
const LEFT_BEFORE = /^\s*at async /;
const PLACE = /^\s*at (?:.*\()?((?:file:\/\/|\/|[A-Za-z]:\\)[^()]*:\d+):\d+\)?$/;
// What called the loop that calls back did not ask for what is asked for now.
const LOOP_CALLS_BACK = 'EventLoop.runOnce (';
const INSTALLED = `${sep}node_modules${sep}`;

const places = new WeakMap<object, string>();

/**
 * Notes for `thing`, which is being made, where in the program that is asked for. Taking the stack costs some tens of
 * microseconds. Several instruments may ask; it is taken once.
 */
export function notePlace(thing: object): string | undefined {
  const known = places.get(thing);
  if (known !== undefined) return known;
  const place = callPlace();
  if (place !== undefined) places.set(thing, place);
  return place;
}

/** Notes a place that is known otherwise, as `file:line`. */
export function setPlace(thing: object, place: string): void {
  places.set(thing, place);
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
    if (LEFT_BEFORE.test(line)) continue;
    const place = programPlace(line);
    if (place !== undefined) return place;
    if (line.includes(LOOP_CALLS_BACK)) return undefined;
  }
  return undefined;
}

/** The `file:line` of a line of a stack; `undefined` where that is of this package, of an installed one or of Node. */
export function programPlace(stackLine: string): string | undefined {
  const found = PLACE.exec(stackLine)?.[1];
  if (found === undefined) return undefined;
  const place = found.startsWith('file://') ? fileUrlToPlace(found) : found;
  return isOwn(place) || place.includes(INSTALLED) ? undefined : place;
}

function isOwn(file: string): boolean {
  return !TEST.test(file) && OWN_FOLDERS.some((folder) => file.startsWith(folder));
}

// A URL with a line number at its end.
function fileUrlToPlace(place: string): string {
  const colon = place.lastIndexOf(':');
  return fileURLToPath(place.slice(0, colon)) + place.slice(colon);
}
