import type { FastifyInstance } from 'fastify';
import { packageVersion } from '../core/version.js';

const SCHEMA = {
  tags: ['about'],
  summary: 'Which server this is',
  description: 'Answers at once, whatever the dials say.',
  response: {
    200: {
      description: 'The name and the version of the server.',
      type: 'object',
      required: ['server', 'version'],
      properties: { server: { type: 'string' }, version: { type: 'string' } },
    },
  },
} as const;

/** Adds `GET /health`: which server this is, answered without any dial. */
export function addHealth(app: FastifyInstance): void {
  const health = { server: 'lwasync', version: packageVersion() };
  app.get('/health', { schema: SCHEMA }, async () => health);
}
