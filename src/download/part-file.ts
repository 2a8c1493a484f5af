import { closeSync, constants, fstatSync, ftruncateSync, openSync, renameSync } from 'node:fs';
import { uptime } from 'node:os';
import type { Checksum } from '../core/download.js';
import type { Bytes } from '../core/units.js';
import { isDiskFull, type Disk } from './disk.js';
import type { Journal } from './journal.js';
import { readJournal, removeIfThere, removeJournal, writeJournal } from './journal-file.js';
import { RunningDigest } from './running-digest.js';
import type { Validator } from './validator.js';

/** The names under which a file is on its way. */
export interface PartPaths {
  readonly part: string;
  readonly journal: string;
  readonly lock: string;
}

/** The names for a file whose final name is `path`. */
export function partPathsOf(path: string): PartPaths {
  const part = `${path}.part`;
  return { part, journal: `${part}.json`, lock: `${part}.lock` };
}

/** What makes one version of a file another than the next. */
export interface FileVersion {
  readonly validator: Validator | undefined;
  readonly sizeBytes: Bytes | undefined;
  /** What its bytes must add up to. */
  readonly checksum: Checksum | undefined;
}

/** How a part file is opened. */
export interface PartSettings {
  readonly url: string;
  readonly disk: Disk;
  readonly durable: boolean;
}

const UNKNOWN: FileVersion = { validator: undefined, sizeBytes: undefined, checksum: undefined };
// What is given up of a file on a full disk to make room for its journal: a block of any file system.
const ROOM_FOR_JOURNAL: Bytes = 64 * 1024;
const NO_JOURNAL = { journal: undefined, writtenMs: 0 };
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;

/**
 * A file on its way: its bytes so far, and the journal that says how many of them are believed after a crash. Whoever opens
 * it holds its lock.
 */
export class PartFile {
  readonly #paths: PartPaths;
  readonly #settings: PartSettings;
  readonly #fd: number;
  #isOpen = true;
  #version: FileVersion = UNKNOWN;
  #digest: RunningDigest | undefined;
  #length: Bytes = 0;
  #noted: Bytes = 0;
  #checkpoint: Promise<void> | undefined;

  /** Opens it, and goes on from what its journal says where `isResumable` agrees. Throws what the system says. */
  constructor(
    paths: PartPaths,
    settings: PartSettings,
    isResumable: (journal: Journal) => boolean,
  ) {
    this.#paths = paths;
    this.#settings = settings;
    this.#fd = openSync(paths.part, constants.O_RDWR | constants.O_CREAT | NO_FOLLOW, 0o666);
    try {
      this.#resume(isResumable);
    } catch (error) {
      closeSync(this.#fd);
      throw error;
    }
  }

  /** Bytes that are there, from the first on. */
  get length(): Bytes {
    return this.#length;
  }

  get version(): FileVersion {
    return this.#version;
  }

  /** Says which version of the file its bytes are of; what comes after a `restart`, or agrees with what was known before. */
  setVersion(version: FileVersion): void {
    this.#version = version;
    const algorithm = version.checksum?.algorithm;
    if (algorithm !== this.#digest?.algorithm) {
      this.#digest = algorithm === undefined ? undefined : new RunningDigest(algorithm);
    }
  }

  /** Adds `bytes[from, to)`. Throws what the system says, `ENOSPC` among it. */
  write(bytes: Uint8Array, from: number, to: number): void {
    this.#settings.disk.write(this.#fd, bytes, from, to, this.#length);
    this.#digest?.update(bytes, from, to, this.#length);
    this.#length += to - from;
  }

  /** Forgets all bytes and of which version they are. */
  restart(): void {
    removeJournal(this.#paths.journal);
    ftruncateSync(this.#fd, 0);
    this.#length = 0;
    this.#noted = 0;
    this.#version = UNKNOWN;
    this.#digest?.restart();
  }

  /**
   * Makes sure that the bytes so far are on the disk and notes that in the journal; one at a time. Rejects with what the system
   * says.
   */
  checkpoint(): Promise<void> {
    this.#checkpoint ??= this.#note(false).finally(() => {
      this.#checkpoint = undefined;
    });
    return this.#checkpoint;
  }

  /** The checksum of the bytes, reading those that did not come in order. Rejects with what the system says, or `signal`. */
  async digest(signal: AbortSignal): Promise<string | undefined> {
    await this.#digest?.catchUp(this.#fd, this.#length, signal);
    return this.#digest?.hex();
  }

  /** Makes sure that the whole file is on the disk, where that is asked for. Rejects with what the system says. */
  async settle(): Promise<void> {
    await this.#checkpoint?.catch(() => {});
    if (this.#settings.durable) await this.#settings.disk.syncAll(this.#fd);
  }

  /** Gives the whole file, which is settled, its final name, whatever has that now. Throws what the system says. */
  finish(path: string): void {
    // Windows renames no file that is open.
    this.#close();
    renameSync(this.#paths.part, path);
    removeJournal(this.#paths.journal);
  }

  /**
   * Leaves the file for another time, or removes it where nothing could go on from it. Never rejects: what was noted before
   * counts.
   */
  async leave(): Promise<void> {
    try {
      // One may be under way that began before the last bytes came.
      await this.#checkpoint?.catch(() => {});
      if (this.#isOpen && this.#length > this.#noted) await this.#note(true);
    } catch {
      // The journal says what it said.
    }
    this.#close();
    const { validator, checksum } = this.#version;
    if (this.#noted === 0 || (validator ?? checksum) === undefined) this.#remove();
  }

  /** Throws the file away. */
  async discard(): Promise<void> {
    await this.#checkpoint?.catch(() => {});
    this.#close();
    this.#remove();
  }

  #close(): void {
    if (this.#isOpen) closeSync(this.#fd);
    this.#isOpen = false;
  }

  #remove(): void {
    removeJournal(this.#paths.journal);
    removeIfThere(this.#paths.part);
  }

  #resume(isResumable: (journal: Journal) => boolean): void {
    const { journal, writtenMs } = readJournal(this.#paths.journal) ?? NO_JOURNAL;
    const { size } = fstatSync(this.#fd);
    // Bytes that were not made sure of are there after a crash of the process, but not of the machine.
    const isUsable =
      journal !== undefined &&
      journal.bytes <= size &&
      (journal.durable || writtenMs > Date.now() - uptime() * 1000) &&
      isResumable(journal);
    const usable = isUsable ? journal.bytes : 0;
    // What was written after the journal may be of another version, or not be there.
    if (size > usable) ftruncateSync(this.#fd, usable);
    this.#length = usable;
    this.#noted = usable;
    if (journal !== undefined && usable > 0) this.setVersion(journal);
  }

  // Only a file that nobody adds to may be shortened: what came next would stand in the wrong place.
  async #note(mayShorten: boolean): Promise<void> {
    const bytes = this.#length;
    const version = this.#version;
    const { durable, disk, url } = this.#settings;
    if (durable) await disk.syncData(this.#fd);
    // It began again meanwhile, and what was made sure of is gone.
    if (version !== this.#version) return;
    try {
      writeJournal(this.#paths.journal, { url, ...version, durable, bytes });
      this.#noted = bytes;
    } catch (error) {
      const fewer = bytes - ROOM_FOR_JOURNAL;
      // Shortened to less than the journal says already, it would be worth nothing.
      if (!mayShorten || !isDiskFull(error) || fewer <= this.#noted) throw error;
      ftruncateSync(this.#fd, fewer);
      writeJournal(this.#paths.journal, { url, ...version, durable, bytes: fewer });
      this.#noted = fewer;
    }
  }
}
