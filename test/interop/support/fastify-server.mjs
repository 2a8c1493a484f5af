// Fastify as it comes, with no plug-in of this project.
import { Readable } from 'node:stream';
import Fastify from 'fastify';

const app = Fastify({ keepAliveTimeout: 60_000 });
let answered = 0;

app.get('/json', async () => ({ message: 'from Fastify', numbers: [1, 2, 3] }));
app.get('/count', async () => {
  answered += 1;
  return { answered };
});
app.get('/streamed', (_request, reply) => {
  const pieces = [
    '{"pieces":[',
    ...Array.from({ length: 999 }, (_, index) => `${index},`),
    '999]}',
  ];
  return reply.type('application/json').send(Readable.from(pieces, { objectMode: false }));
});
app.get('/closing', async (_request, reply) => {
  reply.header('connection', 'close');
  return { message: 'the last on this connection' };
});
app.get('/failing', async () => {
  throw new Error('on purpose');
});
app.get('/text', async () => 'this is not JSON');
app.get('/cut', (_request, reply) => {
  reply.hijack();
  reply.raw.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  reply.raw.write('{"begun":', () => reply.raw.destroy());
});

process.stdout.write(`${await app.listen({ host: '127.0.0.1', port: 0 })}\n`);
