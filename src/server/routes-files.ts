import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Bytes } from '../core/units.js';
import { requestedRange, type ByteRange } from './byte-range.js';
import type { Dials } from './dials.js';
import { ifMatch, ifNoneMatch, ifRange } from './entity-tag.js';
import { errorSchema } from './json-errors.js';
import { PracticeFile } from './practice-file.js';
import type { PracticeServerSettings } from './practice-server-options.js';

interface FileRoute {
  Params: { number: number };
}

type FileReply = FastifyReply<FileRoute>;

/** Adds `GET` and `HEAD /files/:number`: bytes made of the seed, all of them or a range (RFC 9110 section 14). */
export function addFiles(
  app: FastifyInstance,
  dials: Dials,
  { seed, files, fileSize, bandwidth }: PracticeServerSettings,
): void {
  const made = new Map<number, PracticeFile>();
  const fileOf = (number: number): PracticeFile => {
    const file = made.get(number) ?? new PracticeFile(seed, number, fileSize);
    made.set(number, file);
    return file;
  };
  app.route<FileRoute>({
    method: ['GET', 'HEAD'],
    url: '/files/:number',
    schema: fileSchema(files),
    errorHandler: (error, request, reply) => {
      if (error.validation === undefined) throw error;
      const path = request.url.split('?', 1)[0]?.slice(0, 100);
      const message = `there is no ${path}; this server has files 1 to ${files}`;
      void reply.code(404).send({ error: message });
    },
    handler: dials.handler<FileRoute>(
      () => dials.latency(),
      (request, reply, call) =>
        answer(request, reply, fileOf(request.params.number), (start, end, file) =>
          file.read(start, end, bandwidth, call),
        ),
    ),
  });
}

type Read = (start: Bytes, end: Bytes, file: PracticeFile) => unknown;

// The order of the conditions is that of RFC 9110 section 13.2.2.
async function answer(
  { method, headers }: FastifyRequest<FileRoute>,
  reply: FileReply,
  file: PracticeFile,
  read: Read,
): Promise<unknown> {
  reply.headers({ etag: file.etag, 'accept-ranges': 'bytes' });
  if (!ifMatch(headers['if-match'], file.etag)) {
    reply.code(412);
    return { error: `the entity tag of this file is ${file.etag}` };
  }
  if (!ifNoneMatch(headers['if-none-match'], file.etag)) return reply.code(304).send();
  const mayBePart = method === 'GET' && ifRange(headers['if-range']?.toString(), file.etag);
  const range = mayBePart ? requestedRange(headers.range, file.size) : 'whole';
  if (range === 'unsatisfiable') {
    reply.code(416).header('content-range', `bytes */${file.size}`);
    return { error: `this file has ${file.size} bytes, and the range begins behind them` };
  }
  const { first, last }: ByteRange = range === 'whole' ? { first: 0, last: file.size - 1 } : range;
  const digest = await file.digest();
  if (range !== 'whole') {
    reply.code(206).header('content-range', `bytes ${first}-${last}/${file.size}`);
  }
  reply.headers({
    'content-type': 'application/octet-stream',
    'content-length': last - first + 1,
    // RFC 9530 section 3: the digest of the whole representation, on a part of it as well.
    'repr-digest': `sha-256=:${digest}:`,
  });
  return method === 'HEAD' ? reply.send() : read(first, last + 1, file);
}

const BYTES = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } };

function fileSchema(files: number): object {
  return {
    tags: ['files'],
    summary: 'Bytes that are the same for the same seed',
    description:
      'Answers ranges (Range, If-Range) and conditions (If-Match, If-None-Match) on a strong ' +
      'entity tag. Repr-Digest carries the SHA-256 of the whole file.',
    params: {
      type: 'object',
      required: ['number'],
      properties: { number: { type: 'integer', minimum: 1, maximum: files } },
    },
    headers: {
      type: 'object',
      properties: {
        range: { type: 'string', description: 'One range of bytes, such as bytes=0-99.' },
      },
    },
    response: {
      200: { description: 'The whole file.', content: BYTES },
      206: { description: 'The range that was asked for.', content: BYTES },
      304: { description: 'The file is the one that the client has.', type: 'null' },
      404: errorSchema('There is no such file.'),
      412: errorSchema('The file is not the one that the client has.'),
      416: errorSchema('The range lies behind the end of the file.'),
      500: errorSchema('The call failed on purpose, as the fail rate asks for.'),
    },
  };
}
