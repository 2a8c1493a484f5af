// Serves files that are made of their name and version, in a thread of its own: rightly by default, and otherwise as the
// test says, request by request. It speaks raw TCP, to be able to answer wrongly; given a key and a certificate, https.
import { createServer } from 'node:net';
import { createServer as createSecureServer } from 'node:tls';
import { parentPort, workerData } from 'node:worker_threads';
import { answerTo } from './file-server-answer.mjs';
import { sendAnswer } from './file-server-body.mjs';

const files = new Map();
const log = [];
const held = [];
let waiting = [];
let bytesSent = 0;

/** Tells those who wait for something that has come about. */
function tellWaiting() {
  const due = waiting.filter(({ isDue }) => isDue());
  waiting = waiting.filter((one) => !due.includes(one));
  for (const { reply } of due) reply();
}

function hold(name) {
  return new Promise((release) => {
    held.push({ name, release });
    tellWaiting();
  });
}

async function answer(connection, request) {
  const name = decodeURIComponent(request.target.slice(1).split('?', 1)[0]);
  const file = files.get(name);
  const entry = { name, ...request, status: 404, bytesSent: 0, end: undefined };
  log.push(entry);
  const scripted = request.method === 'GET' ? file?.answers.shift() : undefined;
  const change = scripted ?? file?.always ?? (file === undefined ? { status: 404 } : {});
  if (file !== undefined) Object.assign(file, change.from);
  const made = answerTo(request, file ?? { name }, { pieceBytes: file?.pieceBytes, ...change });
  entry.status = made.status;
  tellWaiting();
  const sent = (bytes) => {
    entry.bytesSent += bytes;
    bytesSent += bytes;
    tellWaiting();
  };
  const right = request.method === 'HEAD' ? { ...made, pieces: [], chunked: false } : made;
  const pace = { bytesPerSecond: file?.bytesPerSecond, ...change };
  entry.end = await sendAnswer(connection, right, pace, { hold: () => hold(name), sent });
  tellWaiting();
}

function requestOf(text) {
  const [line, ...rest] = text.split('\r\n');
  const [method, target] = line.split(' ');
  const headers = Object.fromEntries(
    rest.map((header) => {
      const colon = header.indexOf(':');
      return [header.slice(0, colon).toLowerCase(), header.slice(colon + 1).trim()];
    }),
  );
  return { method, target, headers };
}

function serve(connection) {
  const { socket } = connection;
  let text = '';
  let last = Promise.resolve();
  socket.on('error', () => {});
  socket.on('data', (data) => {
    text += data.toString('latin1');
    let end;
    while ((end = text.indexOf('\r\n\r\n')) >= 0) {
      const request = requestOf(text.slice(0, end));
      text = text.slice(end + 4);
      last = last.then(() => answer(connection, request));
    }
  });
}

const orders = {
  serve({ name, plan }, reply) {
    files.set(name, { name, version: 1, ...plan, answers: [...(plan.answers ?? [])] });
    reply();
  },
  log: (order, reply) => reply(log),
  /** Replies when as many answers of a file are held back. */
  held({ name, count }, reply) {
    const isDue = () => held.filter((one) => one.name === name).length >= count;
    waiting.push({ isDue, reply });
  },
  release({ name }, reply) {
    for (const one of held.filter((each) => each.name === name)) {
      held.splice(held.indexOf(one), 1);
      one.release();
    }
    reply();
  },
  /** Replies when so many bytes more have been sent, of all files together. */
  after({ bytes }, reply) {
    const until = bytesSent + bytes;
    waiting.push({ isDue: () => bytesSent >= until, reply });
  },
};

parentPort.on('message', ({ id, kind, ...order }) => {
  orders[kind](order, (seen = []) => parentPort.postMessage({ id, log: seen }));
  tellWaiting();
});

const secure = workerData?.key !== undefined;
const server = secure ? createSecureServer(workerData) : createServer();
let rawSockets = [];
server.on('connection', (rawSocket) => {
  if (secure) rawSockets.push(rawSocket);
  else serve({ socket: rawSocket, rawSocket });
});
server.on('secureConnection', (socket) => {
  const rawSocket = rawSockets.find(({ remotePort }) => remotePort === socket.remotePort);
  rawSockets = rawSockets.filter((one) => one !== rawSocket && !one.destroyed);
  serve({ socket, rawSocket });
});
server.on('tlsClientError', () => {});
server.listen(0, '127.0.0.1', 1024, () => parentPort.postMessage(server.address().port));
