import type { FastifyError, FastifyInstance } from 'fastify';

/** The JSON schema of every answer that is not what was asked for: one sentence under `error`. */
export interface ErrorSchema {
  readonly description: string;
  readonly type: 'object';
  readonly required: readonly string[];
  readonly properties: { readonly error: { readonly type: 'string' } };
}

/** The schema of an error that is answered when `description`. */
export function errorSchema(description: string): ErrorSchema {
  return {
    description,
    type: 'object',
    required: ['error'],
    properties: { error: { type: 'string' } },
  };
}

/** Makes unknown paths and everything that goes wrong be answered with a sentence in JSON. */
export function answerErrorsInJson(app: FastifyInstance): void {
  app.setNotFoundHandler(async (request, reply) => {
    reply.code(404);
    const path = request.url.split('?', 1)[0]?.slice(0, 100);
    return { error: `there is no ${request.method} ${path} here; open /docs to see what there is` };
  });
  app.setErrorHandler(async (error: FastifyError, _request, reply) => {
    reply.code(error.statusCode ?? 500);
    return { error: error.message };
  });
}
