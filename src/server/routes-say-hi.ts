import type { FastifyInstance } from 'fastify';
import { unixSeconds } from '../core/clock.js';
import type { Seconds } from '../core/units.js';
import type { Dials } from './dials.js';
import { errorSchema } from './json-errors.js';

const SCHEMA = {
  tags: ['waiting'],
  summary: 'Waits and says hello',
  description: 'Waits the latency without holding anybody up, then answers.',
  response: {
    200: {
      description: 'A greeting, and when it was said.',
      type: 'object',
      required: ['message', 'time'],
      properties: {
        message: { type: 'string', examples: ['Hello World'] },
        time: { type: 'number', description: 'Seconds since 1970-01-01 UTC, with a fraction.' },
      },
    },
    500: errorSchema('The call failed on purpose, as the fail rate asks for.'),
  },
} as const;

/** Adds `GET /say-hi`: the latency, then a greeting. */
export function addSayHi(app: FastifyInstance, dials: Dials): void {
  const handler = dials.handler(() => dials.latency(), greeting);
  app.get('/say-hi', { schema: SCHEMA }, handler);
}

function greeting(): { message: string; time: Seconds } {
  return { message: 'Hello World', time: unixSeconds() };
}
