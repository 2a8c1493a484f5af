/**
 * The `Content-Encoding` of an answer where its bytes are not those of the file (RFC 9110 section 8.4), fit for a sentence;
 * `undefined` where they are. Whoever knows what the bytes must add up to takes them encoded or not.
 */
export function foreignEncoding(
  field: string | undefined,
  file: { readonly name: string; readonly hasChecksum: boolean },
): string | undefined {
  const codings = (field ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
  if (codings.length === 0 || file.hasChecksum) return undefined;
  // Many servers send a .tar.gz as it is and call it a .tar that is encoded.
  const isOnlyGzip = codings.length === 1 && /^(?:x-)?gzip$/.test(codings[0] ?? '');
  if (isOnlyGzip && /\.(?:gz|tgz)$/i.test(file.name)) return undefined;
  return codings.join(', ').slice(0, 40);
}
