import type { AnswerHead } from './transport.js';
import { isStrongEtag, type Validator } from './validator.js';

/**
 * Why a 206 may be of another version than `validator` names, `undefined` when it is of the same. A part has the ETag that
 * the whole would have (RFC 9110 section 15.3.7); that it has none, or a weak one, is borne where the whole has a checksum.
 */
export function versionDifference(
  head: Pick<AnswerHead, 'etag' | 'lastModified'>,
  validator: Validator | undefined,
  hasChecksum: boolean,
): string | undefined {
  if (validator === undefined) return undefined;
  const { etag, lastModified } = head;
  if (contradicts(etag, validator)) return 'the file has changed: its ETag is another one';
  if (validator.kind === 'etag') {
    const isSame = etag === validator.value || hasChecksum;
    return isSame ? undefined : 'the server sent a part without a strong ETag';
  }
  if (lastModified === validator.value) return undefined;
  if (lastModified !== undefined) return 'the file has changed: it has another date';
  return hasChecksum ? undefined : 'the server sent a part without its Last-Modified';
}

/** Whether a strong ETag names another version than `validator`. */
export function contradicts(etag: string | undefined, validator: Validator | undefined): boolean {
  if (etag === undefined || validator?.kind !== 'etag' || !isStrongEtag(etag)) return false;
  return etag !== validator.value;
}
