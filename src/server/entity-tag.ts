const ENTITY_TAG = /(?:W\/)?"[^"]*"/g;

/** Whether an `If-Match` field holds for a strong entity tag (RFC 9110 section 13.1.1); a missing field does. */
export function ifMatch(field: string | undefined, etag: string): boolean {
  return field === undefined || field.trim() === '*' || tagsIn(field).includes(etag);
}

/** Whether an `If-None-Match` field holds (RFC 9110 section 13.1.2, weak comparison); a missing field does. */
export function ifNoneMatch(field: string | undefined, etag: string): boolean {
  if (field === undefined) return true;
  return field.trim() !== '*' && !tagsIn(field).some((tag) => tag.replace(/^W\//, '') === etag);
}

/**
 * Whether an `If-Range` field allows to send a part (RFC 9110 section 13.1.5); a missing field does. The comparison is
 * strong, so a weak tag never does, and neither does a date: there is no `Last-Modified` to compare it with.
 */
export function ifRange(field: string | undefined, etag: string): boolean {
  return field === undefined || field.trim() === etag;
}

function tagsIn(field: string): readonly string[] {
  return field.match(ENTITY_TAG) ?? [];
}
