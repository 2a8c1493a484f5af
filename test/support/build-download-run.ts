import type { DownloadedFile, DownloadRun } from '../../src/core/download.js';

/** A megabyte, the size of a file made by hand. */
export const MEGABYTE = 1_000_000;

/** A file made by hand: asked for at 0, answered after 200 ms, there after 700 ms, checked against the list. */
export function buildDownloadedFile(
  index: number,
  over: Partial<DownloadedFile> = {},
): DownloadedFile {
  const name = over.name ?? `file-${String(index + 1).padStart(2, '0')}.bin`;
  const sizeBytes = 'sizeBytes' in over ? over.sizeBytes : MEGABYTE;
  return {
    index,
    url: `http://dl.example.org/files/${index + 1}`,
    name,
    outcome: 'done',
    startMs: 0,
    firstByteMs: 200,
    endMs: 700,
    sizeBytes,
    fetchedBytes: sizeBytes ?? 0,
    resumedBytes: 0,
    attempts: 1,
    restarts: [],
    checksum: { algorithm: 'sha256', hex: 'ab'.repeat(32) },
    proof: 'list',
    failure: undefined,
    ...over,
  };
}

/** What is different of a file that nothing was asked for, because it was there before. */
export const PRESENT = {
  outcome: 'present',
  startMs: undefined,
  firstByteMs: undefined,
  endMs: 1,
  fetchedBytes: 0,
  attempts: 0,
} as const satisfies Partial<DownloadedFile>;

/** What is different of a file whose turn did not come. */
export const WAITING = {
  ...PRESENT,
  outcome: 'waiting',
  endMs: undefined,
  sizeBytes: undefined,
  checksum: undefined,
  proof: 'nothing',
} as const satisfies Partial<DownloadedFile>;

/** What is different of a file that the server does not have. */
export function notFound(name: string): Partial<DownloadedFile> {
  return {
    name,
    outcome: 'failed',
    firstByteMs: undefined,
    endMs: 210,
    sizeBytes: undefined,
    fetchedBytes: 0,
    checksum: undefined,
    proof: 'nothing',
    failure: { code: 'STATUS', message: `${name}: the server answered 404 Not Found` },
  };
}

/** `number` files made by hand, alike but for what `over` says of each. */
export function buildDownloadedFiles(
  number: number,
  over: (index: number) => Partial<DownloadedFile> = () => ({}),
): DownloadedFile[] {
  return Array.from({ length: number }, (_, index) => buildDownloadedFile(index, over(index)));
}

/** A batch made by hand out of its files; it ends when the last of them does, and used the CPU for 85 ms. */
export function buildDownloadRun(
  files: readonly DownloadedFile[],
  over: Partial<DownloadRun> = {},
): DownloadRun {
  return {
    startedAt: 1_764_000_000,
    environment: { node: '20.19.0', os: 'Linux 6.1 x86_64', cpus: 2, cpuModel: 'a CPU' },
    folder: '/downloads',
    limits: { concurrency: 20, perHost: 20, bytesPerSecond: undefined, durable: true },
    files,
    wallMs: files.reduce((most, { endMs }) => Math.max(most, endMs ?? 0), 0),
    cpuMs: { user: 60, system: 25 },
    peakMemoryBytes: 61_200_000,
    retries: 0,
    interrupted: false,
    diskFull: undefined,
    ...over,
  };
}
