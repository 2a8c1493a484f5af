import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { failed, shown, type Failed } from 'lwasync/learn';
import { nameOf, type Round } from './round.js';

/** What was returned, and what is in the folder. */
export async function judgeOutcomes(
  { missing, blocked, number }: Round,
  files: readonly Uint8Array[],
  urls: readonly string[],
  folder: string,
  value: unknown,
): Promise<Failed | undefined> {
  const outcomes: readonly unknown[] = Array.isArray(value) ? value : [];
  const found = outcomes.map((outcome): unknown => Reflect.get(Object(outcome), 'url'));
  const told = new Set(found.filter((url) => urls.some((one) => one === url))).size;
  if (told !== number || outcomes.length !== number) {
    return failed(
      'outcomes-missing',
      `of ${number} downloads, ${missing.length + blocked.length} of which failed, it resolved to the outcomes of ${told}`,
    );
  }
  if (!found.every((url, index) => url === urls[index])) {
    return failed(
      'in-order-of-arrival',
      'the outcomes stand in the order in which the downloads ended, and not in that of the addresses',
    );
  }
  for (const [index, bytes] of files.entries()) {
    const name = nameOf(index);
    const path = join(folder, name);
    const [file, error] = ['file', 'error'].map((key) => fieldOf(outcomes[index], key));
    const isTold = error !== undefined;
    const written = await readFile(path).catch(() => undefined);
    const fault = missing.includes(index)
      ? judgeMissing(name, isTold, written)
      : judgeFile(name, isTold, written, blocked.includes(index) ? undefined : bytes);
    if (fault !== undefined) return fault;
    const expected = isTold ? undefined : path;
    if ((typeof file === 'string' ? resolve(file) : file) === expected) continue;
    return failed(
      'wrong-outcome',
      isTold
        ? `the download of ${name} failed, and its outcome tells the error and a file, too`
        : `the outcome of ${name} tells ${shown(file)} as its file; expected the path that downloadOne resolves to`,
    );
  }
  return undefined;
}

/** What is there and `null` counts as not there. */
function fieldOf(outcome: unknown, key: string): unknown {
  return Reflect.get(Object(outcome), key) ?? undefined;
}

function judgeMissing(
  name: string,
  isTold: boolean,
  written: Buffer | undefined,
): Failed | undefined {
  const what = `the server does not have ${name} and answered with status 404`;
  if (written !== undefined) {
    return failed('error-page-saved', `${what}, and what it answered was saved as the file`);
  }
  return isTold ? undefined : failed('wrong-outcome', `${what}, and its outcome tells no error`);
}

/** `expected` is `undefined` where a folder stands in the way of the file. */
function judgeFile(
  name: string,
  isTold: boolean,
  written: Buffer | undefined,
  expected: Uint8Array | undefined,
): Failed | undefined {
  if (expected === undefined) {
    return isTold
      ? undefined
      : failed('not-written', `${name} could not be written, and its outcome tells no error`);
  }
  if (isTold)
    return failed('wrong-outcome', `${name} was downloaded, and its outcome tells an error`);
  if (written === undefined || written.length < expected.length) {
    const size = written === undefined ? 'not there' : `${written.length} bytes long`;
    return failed(
      'not-written',
      `when downloadAll resolved, ${name} was ${size}; expected ${expected.length} bytes`,
    );
  }
  return written.equals(expected)
    ? undefined
    : failed('wrong-bytes', `${name} does not hold the bytes that the server sent`);
}
