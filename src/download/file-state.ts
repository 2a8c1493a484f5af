import type {
  DownloadedFile,
  DownloadFailureCode,
  DownloadOutcome,
  DownloadProof,
  Checksum,
} from '../core/download.js';
import type { Bytes, Milliseconds } from '../core/units.js';
import type { PlannedFile } from './file-names.js';

/** What is known of a file while it is downloaded; whoever shows progress looks at it. */
export class FileState {
  readonly file: PlannedFile;
  startMs: Milliseconds | undefined;
  firstByteMs: Milliseconds | undefined;
  endMs: Milliseconds | undefined;
  /** Bytes that are there. */
  receivedBytes: Bytes = 0;
  sizeBytes: Bytes | undefined;
  fetchedBytes: Bytes = 0;
  resumedBytes: Bytes = 0;
  attempts = 0;
  readonly restarts: string[] = [];
  checksum: Checksum | undefined;
  proof: DownloadProof = 'nothing';
  outcome: DownloadOutcome = 'waiting';
  failure: { readonly code: DownloadFailureCode; readonly message: string } | undefined;

  constructor(file: PlannedFile) {
    this.file = file;
  }

  /** Whether it is being downloaded now. */
  get isActive(): boolean {
    return this.startMs !== undefined && this.endMs === undefined;
  }

  /** What there is to tell of it. */
  record(): DownloadedFile {
    const { index, shownUrl, name } = this.file;
    return {
      index,
      url: shownUrl,
      name,
      outcome: this.outcome,
      startMs: this.startMs,
      firstByteMs: this.firstByteMs,
      endMs: this.endMs,
      sizeBytes: this.sizeBytes,
      fetchedBytes: this.fetchedBytes,
      resumedBytes: this.resumedBytes,
      attempts: this.attempts,
      restarts: [...this.restarts],
      checksum: this.checksum,
      proof: this.proof,
      failure: this.failure,
    };
  }
}
