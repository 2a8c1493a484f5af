import { describe, expect, test } from 'vitest';
import type { DownloadedFile, DownloadFailureCode } from '../../src/core/download.js';
import type { DownloadOptions } from '../../src/download/download-options.js';
import {
  downloadOne,
  expectBytes,
  expectOnly,
  expectRefused,
  TRANSPORTS,
  useFolders,
  type TransportName,
} from './download-fixture.js';
import { contentOf, sha256Of, type FileServer, type ServedFile } from './file-server.js';

/** What a server does wrong, and what has to come of it. */
export interface FaultRow {
  /** A sentence that says both. */
  readonly it: string;
  readonly served: Omit<ServedFile, 'sizeBytes'> & { readonly sizeBytes?: number };
  /** The version whose checksum the list gives. */
  readonly checksumOf?: number;
  readonly options?: DownloadOptions;
  /** The version that is there in the end, or the kind of the refusal and what its sentence says. */
  readonly ends: { readonly version: number; readonly sizeBytes?: number } | Refusal;
  /** The `Range` field of each request. */
  readonly ranges: readonly (string | undefined)[];
  /** Most bytes of bodies that may have been taken. */
  readonly mostBytes?: number;
  /** How often it began again. */
  readonly restarts?: number;
}

interface Refusal {
  readonly code: DownloadFailureCode;
  readonly says: RegExp;
}

/** The length of the files of a table. */
export const SIZE = 200_000;

/** Where their connections are cut. */
export const CUT = 70_000;

/** The request that goes on from there. */
export const REST: string = `bytes=${CUT}-`;

/** Makes a test of each row, for both ways to make requests. */
export function testRows(serverOf: () => FileServer, rows: readonly FaultRow[]): void {
  const folderOf = useFolders();
  describe.each(TRANSPORTS)('with transport %s', (transport) => {
    test.each(rows)('$it', (row) => expectRow(serverOf(), row, transport, folderOf()));
  });
}

async function expectRow(
  server: FileServer,
  row: FaultRow,
  transport: TransportName,
  dir: string,
): Promise<void> {
  const name = 'file.bin';
  const { ends, ranges, checksumOf } = row;
  const before = await server.requests(name);
  const url = await server.serve(name, { sizeBytes: SIZE, ...row.served });
  const file = await downloadOne(
    { url, ...(checksumOf === undefined ? {} : { checksum: sha256Checksum(name, checksumOf) }) },
    { dir, transport, timeoutMs: 5_000, ...row.options },
  );
  const seen = (await server.requests(name)).slice(before.length);
  if ('version' in ends)
    expectRight(dir, file, contentOf(name, ends.sizeBytes ?? SIZE, ends.version));
  else expectRefusal(dir, file, ends);
  expect(seen.map(({ headers }) => headers['range'])).toEqual(ranges);
  expect(new Set(seen.map(({ headers }) => headers['accept-encoding']))).toEqual(
    new Set(['identity']),
  );
  expect(file.fetchedBytes).toBeLessThanOrEqual(row.mostBytes ?? Infinity);
  expect(file.restarts).toHaveLength(row.restarts ?? file.restarts.length);
}

function expectRight(dir: string, file: DownloadedFile, content: Uint8Array): void {
  expect(file.failure?.message).toBeUndefined();
  expect(file.outcome).toBe('done');
  expectBytes(dir, file.name, content);
  expectOnly(dir, [file.name]);
}

function expectRefusal(dir: string, file: DownloadedFile, { code, says }: Refusal): void {
  expect(file.outcome).toBe('failed');
  expect(file.failure?.message).toMatch(says);
  expect(file.failure?.code).toBe(code);
  expectRefused(dir, file.name, file);
}

function sha256Checksum(name: string, version: number): { algorithm: 'sha256'; hex: string } {
  return { algorithm: 'sha256', hex: sha256Of(name, SIZE, version) };
}
