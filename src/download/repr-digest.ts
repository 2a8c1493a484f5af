import type { Checksum } from '../core/download.js';
import { checksumOf } from './checksum.js';

// RFC 8941 section 3.2: keys with a value each, a comma between them. A string may hold commas, so the field is read from
// the left; what else stands in it is passed over.
const KEY = String.raw`[a-z*][a-z0-9_.*-]*`;
const ITEM = String.raw`"(?:[^"\\]|\\.)*"|:[A-Za-z0-9+/=]*:|[A-Za-z0-9?*.+-][^\s",;:()]*`;
const PARAMETERS = String.raw`(?:;[ ]*${KEY}(?:=(?:${ITEM}))?)*`;
const MEMBER = String.raw`(${KEY})(?:=(${ITEM}|\([^()]*\)))?${PARAMETERS}[ \t]*`;

/**
 * The checksum in a `Repr-Digest` field (RFC 9530 section 3), that of sha-512 where there are several. Others are passed
 * over, and so is a field that is not written as it must be (RFC 8941 section 4.2).
 */
export function checksumOfReprDigest(field: string | undefined): Checksum | undefined {
  const members = membersOf(field?.trim() ?? '');
  return (
    digest('sha512', members.get('sha-512'), 64) ?? digest('sha256', members.get('sha-256'), 32)
  );
}

// Of two with one key the later one counts (RFC 8941 section 4.2.2).
function membersOf(field: string): ReadonlyMap<string, string> {
  const members = new Map<string, string>();
  const member = new RegExp(String.raw`${MEMBER}(,[ \t]*(?!$)|$)`, 'y');
  while (member.lastIndex < field.length) {
    const match = member.exec(field);
    if (match === null) return new Map();
    const [, key = '', value = ''] = match;
    members.set(key, value);
  }
  return members;
}

function digest(
  algorithm: 'sha256' | 'sha512',
  value: string | undefined,
  length: number,
): Checksum | undefined {
  const base64 = /^:([A-Za-z0-9+/]+={0,2}):$/.exec(value ?? '')?.[1];
  if (base64 === undefined) return undefined;
  const bytes = Buffer.from(base64, 'base64');
  return bytes.length === length ? checksumOf(algorithm, bytes.toString('hex')) : undefined;
}
