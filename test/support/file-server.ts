import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { SeededBytes } from '../../src/server/seeded-bytes.js';
import { CERTIFICATE_FILE } from './fault-server.js';

/** What is different about one answer; what is left out is as it should be. */
export interface AnswerChange {
  /** What the file is from this request on. */
  readonly from?: {
    readonly version?: number;
    readonly sizeBytes?: number;
    readonly validator?: FileValidator;
  };
  /** Another status; from 300 on without the file. 206 sends one where no `Range` was asked for. */
  readonly status?: number;
  /** Fields in place of the right ones; `null` leaves one out. */
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly ignoreRange?: boolean;
  /** Begins a part, and says so, that many bytes later than was asked for, or earlier. */
  readonly shift?: number;
  /** Sends a part of at most so many bytes, as a server may. */
  readonly partBytes?: number;
  /** Sends the one range in the form for several. */
  readonly multipart?: boolean;
  readonly gzip?: boolean;
  /** A body without an end. */
  readonly endless?: boolean;
  /** The position of a byte that comes out wrong. */
  readonly flip?: number;
  readonly digest?: 'right' | 'wrong';
  readonly framing?: 'length' | 'chunked' | 'close';
  /** Announces that many bytes more than come, or fewer. */
  readonly lengthOffBy?: number;
  /** Ends the connection after so many bytes of this answer's body. */
  readonly cutAfter?: number;
  readonly cut?: 'end' | 'reset';
  /** Sends nothing from this byte of this answer's body on, or nothing at all, until `release`. */
  readonly holdAt?: number | 'header';
  readonly bytesPerSecond?: number;
}

/** How a file tells its versions apart: `same etag` is a strong one that does not change with it. */
export type FileValidator = 'etag' | 'same etag' | 'weak etag' | 'date' | 'fresh date' | 'none';

/** A file that is served. */
export interface ServedFile {
  readonly sizeBytes: number;
  /** Default 1. */
  readonly version?: number;
  /** Default `etag`, with a `Last-Modified` of long ago. */
  readonly validator?: FileValidator;
  /** Whether a `Repr-Digest` is sent. */
  readonly digest?: 'right' | 'wrong';
  /** Of each answer. */
  readonly bytesPerSecond?: number;
  /** Most bytes that are written at once. */
  readonly pieceBytes?: number;
  /** What is different about the answers to the first GET requests, in order. */
  readonly answers?: readonly AnswerChange[];
  /** What is different about all others. */
  readonly always?: AnswerChange;
}

/** A request that the server saw, and what became of its answer. */
interface SeenRequest {
  readonly name: string;
  readonly method: string;
  readonly target: string;
  /** By name in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly status: number;
  /** Bytes of the body that were sent. */
  readonly bytesSent: number;
  /** `gone`: the client ended the connection; `undefined` while it goes on. */
  readonly end: 'whole' | 'cut' | 'gone' | undefined;
}

/** A server of files, wrong on demand. */
export interface FileServer {
  readonly url: string;
  /** Serves a file under a name from now on, its requests counted anew; returns its address. */
  serve(name: string, plan: ServedFile): Promise<string>;
  /** All requests so far in order, or those for one file. */
  requests(name?: string): Promise<readonly SeenRequest[]>;
  /** Resolves when as many answers of a file (default 1) are held back. */
  held(name: string, count?: number): Promise<void>;
  /** Lets those go on. */
  release(name: string): Promise<void>;
  /** Resolves when so many bytes more have been sent, of all files together. */
  after(bytes: number): Promise<void>;
  close(): Promise<void>;
}

/** The bytes of a file that the server makes. */
export function contentOf(name: string, sizeBytes: number, version = 1): Buffer {
  return Buffer.concat([...new SeededBytes(version, name).pieces(0, sizeBytes)]);
}

/** Their SHA-256 in hexadecimal. */
export function sha256Of(name: string, sizeBytes: number, version = 1): string {
  const hash = createHash('sha256');
  for (const piece of new SeededBytes(version, name).pieces(0, sizeBytes)) hash.update(piece);
  return hash.digest('hex');
}

/** Starts one on a free port. */
export function startFileServer(): Promise<FileServer> {
  return startInThread();
}

/** Starts the same for https, with the certificate of `CERTIFICATE_FILE`. */
export function startSecureFileServer(): Promise<FileServer> {
  const key = readFileSync(join(CERTIFICATE_FILE, '..', 'key.pem'), 'utf8');
  return startInThread({ key, cert: readFileSync(CERTIFICATE_FILE, 'utf8') });
}

async function startInThread(secure?: { key: string; cert: string }): Promise<FileServer> {
  const worker = new Worker(new URL('./file-server-thread.mjs', import.meta.url), {
    workerData: secure,
  });
  const [port]: number[] = await once(worker, 'message');
  const url = `${secure === undefined ? 'http' : 'https'}://127.0.0.1:${port}`;
  const asked = new Map<number, (log: readonly SeenRequest[]) => void>();
  let lastId = 0;
  worker.on('message', ({ id, log }: { id: number; log: readonly SeenRequest[] }) => {
    asked.get(id)?.(log);
    asked.delete(id);
  });
  const ask = (order: Readonly<Record<string, unknown>>): Promise<readonly SeenRequest[]> =>
    new Promise((resolve) => {
      lastId += 1;
      asked.set(lastId, resolve);
      worker.postMessage({ ...order, id: lastId });
    });
  const tell = async (order: Readonly<Record<string, unknown>>): Promise<void> => {
    await ask(order);
  };
  return {
    url,
    async serve(name, plan) {
      await tell({ kind: 'serve', name, plan });
      return `${url}/${encodeURIComponent(name)}`;
    },
    async requests(name) {
      const all = await ask({ kind: 'log' });
      return name === undefined ? all : all.filter((request) => request.name === name);
    },
    held: (name, count = 1) => tell({ kind: 'held', name, count }),
    release: (name) => tell({ kind: 'release', name }),
    after: (bytes) => tell({ kind: 'after', bytes }),
    close: async () => {
      await worker.terminate();
    },
  };
}
