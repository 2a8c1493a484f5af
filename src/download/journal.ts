import type { Checksum } from '../core/download.js';
import type { Bytes } from '../core/units.js';
import { algorithmOf, checksumOf } from './checksum.js';
import { parseHttpDate } from './http-date.js';
import { isStrongEtag, type Validator } from './validator.js';

const VERSION = 1;

/** What is known of the part of a file that is on the disk. */
export interface Journal {
  /** Where it comes from, without credentials. */
  readonly url: string;
  /** The version of the file that its bytes are of. */
  readonly validator: Validator | undefined;
  /** The length of the whole file. */
  readonly sizeBytes: Bytes | undefined;
  /** What the whole file must add up to. */
  readonly checksum: Checksum | undefined;
  /** How many of its first bytes are there. */
  readonly bytes: Bytes;
  /** Whether they are known to be on the disk, and so outlive a crash of the machine too. */
  readonly durable: boolean;
}

/** A journal as text, to be read by `parseJournal`. */
export function formatJournal(journal: Journal): string {
  const { url, validator, sizeBytes, checksum, bytes, durable } = journal;
  const fields = { version: VERSION, url, validator, sizeBytes, checksum, bytes, durable };
  return `${JSON.stringify(fields)}\n`;
}

/**
 * The journal that `formatJournal` made this text of. `undefined` when it is anything else, such as half a journal or one of
 * another version: then nothing is known of the part beside it. It never throws.
 */
export function parseJournal(text: string): Journal | undefined {
  const fields = objectOf(text);
  if (fields === undefined || fields['version'] !== VERSION) return undefined;
  const { url, bytes, durable } = fields;
  const sizeBytes = optional(fields['sizeBytes'], asBytes);
  const validator = optional(fields['validator'], asValidator);
  const checksum = optional(fields['checksum'], asChecksum);
  if (typeof url !== 'string' || !/^https?:/.test(url) || !URL.canParse(url)) return undefined;
  if (sizeBytes === WRONG || validator === WRONG || checksum === WRONG) return undefined;
  const written = asBytes(bytes);
  if (written === undefined || written > (sizeBytes ?? Infinity)) return undefined;
  if (typeof durable !== 'boolean') return undefined;
  return { url, validator, sizeBytes, checksum, bytes: written, durable };
}

const WRONG = Symbol('not what it must be');

function optional<T>(
  value: unknown,
  read: (value: unknown) => T | undefined,
): T | undefined | typeof WRONG {
  return value === undefined ? undefined : (read(value) ?? WRONG);
}

function objectOf(text: string): Partial<Record<string, unknown>> | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function asObject(value: unknown): Partial<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null ? { ...value } : undefined;
}

function asBytes(value: unknown): Bytes | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

// Its value becomes a header of a request, so it must be one that a header can hold.
function asValidator(value: unknown): Validator | undefined {
  const fields = asObject(value);
  const text = fields?.['value'];
  if (typeof text !== 'string') return undefined;
  if (fields?.['kind'] === 'etag' && isStrongEtag(text)) return { kind: 'etag', value: text };
  const isDate = fields?.['kind'] === 'date' && parseHttpDate(text, Date.now()) !== undefined;
  return isDate ? { kind: 'date', value: text } : undefined;
}

function asChecksum(value: unknown): Checksum | undefined {
  const fields = asObject(value);
  const [word, hex] = [fields?.['algorithm'], fields?.['hex']];
  if (typeof word !== 'string' || typeof hex !== 'string') return undefined;
  const algorithm = algorithmOf(word);
  return algorithm === undefined ? undefined : checksumOf(algorithm, hex);
}
