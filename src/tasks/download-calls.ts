import { randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pLimit, { type LimitFunction } from 'p-limit';
import type { DownloadedFile } from '../core/download.js';
import { TaskError } from '../core/task-error.js';
import { Downloader } from '../download/downloader.js';
import { toDownloadSettings } from '../download/download-settings.js';
import { partPathsOf } from '../download/part-file.js';
import { completeCopies } from './download-copies.js';
import { failedDownload } from './download-failure.js';
import type { DownloadTaskSpec } from './download-task.js';
import { localTask, type Task, type TaskResult } from './task.js';

/** Opens the task for downloads that leave the thread free; all of them share the connections of one downloader. */
export function openDownloadTask(spec: DownloadTaskSpec): Task {
  const { files, options, scratch } = spec;
  const folder = join(scratch, randomBytes(6).toString('hex'));
  const complete = completeCopies(scratch);
  const over = new AbortController();
  const turnOf = turnsOfHosts(toDownloadSettings(options).limits.perHost);
  let opened: Promise<Downloader> | undefined;
  const downloader = (): Promise<Downloader> => {
    if (opened !== undefined) return opened;
    mkdirSync(complete, { recursive: true });
    opened = Downloader.open({ ...options, dir: folder, signal: over.signal });
    return opened;
  };
  const call = async (index: number): Promise<TaskResult> => {
    const file = files[index % files.length];
    if (file === undefined) throw new TaskError('BAD_TASK', 'there is no file to download');
    const url = new URL(file.url);
    return turnOf(url.host)(async () => {
      const path = join(folder, file.name);
      const done = await (await downloader()).download({ ...file, url });
      if (done.failure !== undefined) {
        removeRest(path);
        throw failedDownload(done.failure);
      }
      // The next round downloads it again, and of two complete copies either is as good.
      renameSync(path, join(complete, file.name));
      return resultOf(done);
    });
  };
  return localTask(call, () => {
    over.abort();
    void opened?.then((downloads) => downloads.close());
  });
}

// A call that went on from what another left would not do the same as that one.
function removeRest(path: string): void {
  const { part, journal } = partPathsOf(path);
  for (const rest of [part, journal]) rmSync(rest, { force: true });
}

function turnsOfHosts(perHost: number): (host: string) => LimitFunction {
  const turns = new Map<string, LimitFunction>();
  return (host) => {
    const turn = turns.get(host) ?? pLimit(perHost);
    turns.set(host, turn);
    return turn;
  };
}

// The moments of a file are since its downloader began, those of a call since the call did, which makes its request at once.
// How much of the wait was for a connection is not told.
function resultOf({ fetchedBytes, startMs, firstByteMs }: DownloadedFile): TaskResult {
  const result = { status: 0, value: undefined, bytes: fetchedBytes };
  if (startMs === undefined || firstByteMs === undefined) return result;
  return { ...result, connectedMs: 0, firstByteMs: firstByteMs - startMs };
}
