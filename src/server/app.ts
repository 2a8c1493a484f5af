import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { fastify, type FastifyInstance } from 'fastify';
import type { Milliseconds } from '../core/units.js';
import { packageVersion } from '../core/version.js';
import { Dials } from './dials.js';
import { answerErrorsInJson } from './json-errors.js';
import type { PracticeServerSettings } from './practice-server-options.js';
import { addFiles } from './routes-files.js';
import { addHealth } from './routes-health.js';
import { addRuns } from './routes-runs.js';
import { addSayHi } from './routes-say-hi.js';

// In a comparison, a connection is idle while another mode has its turn.
const KEEP_ALIVE_MS: Milliseconds = 3_600_000;
const HEADERS_MS: Milliseconds = 60_000;
const REAP_EVERY_MS: Milliseconds = 20;

// The page needs nothing from elsewhere; Swagger UI writes style attributes.
const DOCS_POLICY =
  "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; " +
  "object-src 'none'; base-uri 'self'; frame-ancestors 'self'";

/** The practice server as a Fastify application that does not listen yet. */
export async function buildApp(settings: PracticeServerSettings): Promise<FastifyInstance> {
  const app = fastify({
    logger: false,
    keepAliveTimeout: KEEP_ALIVE_MS,
    forceCloseConnections: 'idle',
    // Node answers 408 to a connection that sent no request within `headersTimeout`, which may not exceed a
    // `requestTimeout`. While `/slow-run` blocks the loop nothing is read, so that time is not counted.
    http: { headersTimeout: HEADERS_MS + settings.workMs, requestTimeout: 0 },
  });
  answerErrorsInJson(app);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'The lwasync practice server',
        description: 'A server that is slow, busy or broken exactly as much as its dials say.',
        version: packageVersion(),
      },
    },
  });
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: DOCS_POLICY });
  const dials = new Dials(settings);
  addSayHi(app, dials);
  addRuns(app, dials, settings);
  addFiles(app, dials, settings);
  addHealth(app);
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  return app;
}

/**
 * Stops accepting and resolves when the answers in flight are sent. A connection that is kept alive becomes idle only
 * after its answer, so idle ones are looked for until none is left.
 */
export async function closeApp(app: FastifyInstance): Promise<void> {
  const reaping = setInterval(() => app.server.closeIdleConnections(), REAP_EVERY_MS);
  try {
    await app.close();
  } finally {
    clearInterval(reaping);
  }
}
