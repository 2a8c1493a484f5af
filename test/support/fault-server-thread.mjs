// A server in a thread of its own, so that it can answer a test whose thread is blocked. It speaks raw TCP, to be able to
// answer wrongly. What it does is in the path; `/seen` tells how many calls and connections it saw. Given a key and a
// certificate it speaks https.
import { createServer } from 'node:net';
import { createServer as createSecureServer } from 'node:tls';
import { parentPort, workerData } from 'node:worker_threads';

const seen = { calls: 0, inFlight: 0, maxInFlight: 0, connections: 0, open: 0 };
const json = (value, status = '200 OK', extra = '') => {
  const body = JSON.stringify(value);
  return `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${extra}\r\n${body}`;
};

const behaviours = {
  '/ok': (socket, request) => socket.write(json({ path: '/ok', headers: request.headers })),
  '/order': (socket, request) => socket.write(json({ order: request.query })),
  '/chunked': (socket) =>
    socket.write(
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{"a"\r\n4\r\n:42}\r\n0\r\n\r\n',
    ),
  '/until-close': (socket) => socket.end('HTTP/1.0 200 OK\r\n\r\n{"closed":true}'),
  '/500': (socket) => socket.write(json({ error: 'no' }, '500 Internal Server Error')),
  '/404': (socket) => socket.write(json({ error: 'no' }, '404 Not Found')),
  '/redirect': (socket) => socket.write(json({}, '302 Found', 'Location: /ok\r\n')),
  '/no-content': (socket) => socket.write('HTTP/1.1 204 No Content\r\n\r\n'),
  '/not-modified': (socket) => socket.write('HTTP/1.1 304 Not Modified\r\n\r\n'),
  '/html': (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n<html></html>'),
  '/half': (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"half":'),
  '/half-chunk': (socket) =>
    socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{"half":'),
  '/garbage': (socket) => socket.end('this is not HTTP at all\r\n\r\n'),
  '/close': (socket) => socket.end(),
  '/reset': (socket) => socket.resetAndDestroy(),
  '/nothing': () => {},
  '/drip': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n');
    const timer = setInterval(() => socket.write(' '), 5);
    socket.on('close', () => clearInterval(timer));
  },
  '/endless': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    const chunk = Buffer.alloc(1 << 20, 0x20);
    const more = () => {
      while (socket.writable && socket.write(chunk));
    };
    socket.on('drain', more);
    more();
  },
  '/endless-header': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    const line = Buffer.from(`X-Filler: ${'x'.repeat(1000)}\r\n`);
    const more = () => {
      while (socket.writable && socket.write(line));
    };
    socket.on('drain', more);
    more();
  },
  '/drip-header': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nX-Slow: ');
    const timer = setInterval(() => socket.write('x'), 5);
    socket.on('close', () => clearInterval(timer));
  },
  // Shapes by which one answer is made to look like another, or like two.
  '/two-lengths': (socket) =>
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{} '),
  '/length-and-chunks': (socket) =>
    socket.write(
      'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n',
    ),
  '/negative-length': (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}'),
  '/chunk-overflow': (socket) =>
    socket.write(
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n{}\r\n0\r\n\r\n',
    ),
  '/space-before-colon': (socket) =>
    socket.write('HTTP/1.1 200 OK\r\nContent-Length : 2\r\n\r\n{}'),
  // Three calls a connection and no more, as servers with a keep-alive limit do.
  '/three': (socket) => {
    socket.served = (socket.served ?? 0) + 1;
    const last = socket.served === 3;
    socket.write(json({ served: socket.served }, '200 OK', last ? 'Connection: close\r\n' : ''));
    if (last) socket.end();
  },
  '/echo': (socket, { method, query = '', headers, body }) => {
    const answer = json({ method, query, headers, body });
    socket.write(method === 'HEAD' ? answer.slice(0, answer.indexOf('\r\n\r\n') + 4) : answer);
  },
  // Sends the status and the headers of its query, such as `?status=302&Location=/ok`.
  '/with': (socket, { query = '' }) => {
    const { status = '200', ...headers } = Object.fromEntries(new URLSearchParams(query));
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(json({ status }, `${status} So`, lines.join('')));
  },
  // Redirects so many times, each time to another address.
  '/hops': (socket, { query }) => {
    const next = Number(query) > 1 ? `/hops?${Number(query) - 1}` : '/echo?arrived';
    socket.write(json({}, '302 Found', `Location: ${next}\r\n`));
  },
  // The same, each after a while.
  '/slow-hops': (socket, { query }) => {
    const location = `Location: /slow-hops?${Number(query) - 1}\r\n`;
    const answer = Number(query) > 0 ? json({}, '302 Found', location) : json({});
    setTimeout(() => socket.write(answer), 40);
  },
  '/circle': (socket, { query }) => {
    const next = query === 'there' ? 'back' : 'there';
    socket.write(json({}, '302 Found', `Location: /circle?${next}\r\n`));
  },
  '/seen': (socket) => socket.write(json({ ...seen })),
};

// Calls to /together wait until as many as `?number` are in flight: only concurrent callers ever get past it.
let waiting = [];
behaviours['/together'] = (socket, request) => {
  waiting.push(socket);
  if (waiting.length < Number(request.query)) return;
  for (const one of waiting) one.write(json({ together: waiting.length }));
  waiting = [];
};

const serve = (socket) => {
  seen.connections += 1;
  seen.open += 1;
  socket.on('close', () => {
    seen.open -= 1;
  });
  let text = '';
  socket.on('error', () => {});
  socket.on('data', (data) => {
    text += data.toString('latin1');
    // The first byte of TLS, to which servers answer like this.
    if (text.charCodeAt(0) === 0x16) socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
    let end;
    while ((end = text.indexOf('\r\n\r\n')) >= 0) {
      const [line, ...rest] = text.slice(0, end).split('\r\n');
      const [method, target] = line.split(' ');
      const [path, query] = target.split('?');
      const headers = Object.fromEntries(
        rest.map((header) => {
          const colon = header.indexOf(':');
          return [header.slice(0, colon).toLowerCase(), header.slice(colon + 1).trim()];
        }),
      );
      const length = Number(headers['content-length'] ?? 0);
      if (text.length < end + 4 + length) return;
      const body = Buffer.from(text.slice(end + 4, end + 4 + length), 'latin1').toString('utf8');
      text = text.slice(end + 4 + length);
      if (path !== '/seen') seen.calls += 1;
      behaviours[path](socket, { method, query, headers, body });
    }
  });
};
const server =
  workerData?.key === undefined ? createServer(serve) : createSecureServer(workerData, serve);
server.listen(0, '127.0.0.1', 1024, () => parentPort.postMessage(server.address().port));
