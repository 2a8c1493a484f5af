// What a file server answers to one request: the right answer by RFC 9110, and the changes that are to be made to it.
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { requestedRange } from '../../dist/server/byte-range.js';
import { SeededBytes } from '../../dist/server/seeded-bytes.js';

const BOUNDARY = 'a-boundary';
const ENDLESS = Buffer.alloc(65_536, 0x2e);

/** The header of the answer as text, its body as pieces, and whether the connection ends with it. */
export function answerTo(request, file, change) {
  const asked = partOf(request, file, change);
  const body = bodyOf(file, asked, change);
  const framing = change.framing ?? (change.endless ? 'chunked' : body.framing);
  const fields = {
    Date: new Date().toUTCString(),
    'Accept-Ranges': 'bytes',
    ...framingFields(framing, body.length + (change.lengthOffBy ?? 0)),
    ...(asked.first !== undefined ? versionFields(file, change) : {}),
    ...asked.fields,
    ...body.fields,
    ...change.headers,
  };
  const lines = Object.entries(fields)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}: ${value}\r\n`);
  return {
    status: asked.status,
    header: `HTTP/1.1 ${asked.status} So\r\n${lines.join('')}\r\n`,
    pieces: body.pieces,
    chunked: framing === 'chunked',
    closes: framing === 'close' || change.lengthOffBy !== undefined,
  };
}

/** The entity tag of a file: that of its version, or one that says nothing about it. */
function etagOf({ name, version, validator = 'etag' }) {
  if (validator === 'etag') return `"${name}-v${version}"`;
  if (validator === 'same etag') return `"${name}"`;
  return validator === 'weak etag' ? `W/"${name}"` : undefined;
}

/** When it was last modified: long ago, another year for each version, or just now. */
function lastModifiedOf({ version, validator = 'etag' }) {
  if (validator === 'etag' || validator === 'date') {
    return new Date(Date.UTC(2000 + version, 0, 1)).toUTCString();
  }
  return validator === 'fresh date' ? new Date().toUTCString() : undefined;
}

function versionFields(file, { digest = file.digest }) {
  const right = digest === undefined ? '' : digestOf(file);
  return {
    ETag: etagOf(file) ?? null,
    'Last-Modified': lastModifiedOf(file) ?? null,
    'Repr-Digest':
      digest === undefined ? null : `sha-256=:${digest === 'right' ? right : wrong(right)}:`,
  };
}

function digestOf({ name, version, sizeBytes }) {
  const hash = createHash('sha256');
  for (const piece of new SeededBytes(version, name).pieces(0, sizeBytes)) hash.update(piece);
  return hash.digest('base64');
}

const wrong = (digest) => (digest.startsWith('A') ? 'B' : 'A') + digest.slice(1);

/** Status and bytes asked for. A validator that is not that of the file makes If-Range ask for all (section 13.1.5). */
function partOf({ headers }, file, change) {
  const { status, ignoreRange = false, shift = 0, partBytes = Infinity } = change;
  if (status === 204 || status >= 300) return { status, fields: {} };
  const condition = headers['if-range'];
  const holds = condition === undefined || [etagOf(file), lastModifiedOf(file)].includes(condition);
  const useful = !ignoreRange && holds && !condition?.startsWith('W/');
  const { sizeBytes: size } = file;
  const range = status === 206 ? { first: 0, last: size - 1 } : 'whole';
  const part = useful ? requestedRange(headers.range, size) : range;
  if (part === 'unsatisfiable') {
    return { status: 416, fields: { 'Content-Range': `bytes */${size}` } };
  }
  const { first, last } = part === 'whole' ? range : part;
  if (first === undefined) return { status: 200, first: 0, end: size, fields: {} };
  const from = first + shift;
  const end = Math.min(last + 1, from + partBytes);
  const field = `bytes ${from}-${end - 1}/${size}`;
  return { status: 206, first: from, end, fields: { 'Content-Range': field } };
}

function bodyOf(file, { status, first, end, fields }, change) {
  // RFC 9110 sections 15.3.5 and 15.4.5.
  if (status === 204 || status === 304) return { framing: 'none', pieces: [] };
  if (status >= 300) return { framing: 'length', length: 3, pieces: [Buffer.from('no\n')] };
  if (change.endless) return { length: Infinity, pieces: forever() };
  if (change.gzip) return gzipped(Buffer.concat([...fileBytes(file, first, end, change)]));
  if (change.multipart) return multipart(file, first, end, fields['Content-Range']);
  return { framing: 'length', length: end - first, pieces: fileBytes(file, first, end, change) };
}

function* forever() {
  for (;;) yield ENDLESS;
}

function* fileBytes({ name, version }, first, end, { flip, pieceBytes }) {
  let at = first;
  for (const piece of new SeededBytes(version, name).pieces(first, end, pieceBytes)) {
    if (flip >= at && flip < at + piece.length) piece[flip - at] ^= 1;
    at += piece.length;
    yield piece;
  }
}

function gzipped(bytes) {
  const body = gzipSync(bytes);
  return {
    framing: 'length',
    length: body.length,
    pieces: [body],
    fields: { 'Content-Encoding': 'gzip' },
  };
}

/** One range in the form for several (section 14.6). */
function multipart(file, first, end, contentRange) {
  const head = Buffer.from(`--${BOUNDARY}\r\nContent-Range: ${contentRange}\r\n\r\n`);
  const bytes = Buffer.concat([...fileBytes(file, first, end, {})]);
  const body = Buffer.concat([head, bytes, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)]);
  const fields = {
    'Content-Type': `multipart/byteranges; boundary=${BOUNDARY}`,
    'Content-Range': null,
  };
  return { framing: 'length', length: body.length, pieces: [body], fields };
}

function framingFields(framing, length) {
  if (framing === 'chunked') return { 'Transfer-Encoding': 'chunked' };
  if (framing === 'none') return {};
  if (framing === 'close') return { Connection: 'close' };
  return { 'Content-Length': length };
}
