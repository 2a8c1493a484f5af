import type { Attempt, WatchedServer } from 'lwasync/learn';

/** The runs that have nothing to do with the backend. */
export const OTHER_RUNS: readonly string[] = ['/fast-run', '/standard-run'];

const LAST_PORT = 65_535;

/** The learner's server, and the backend that it asks. */
export interface Place {
  readonly attempt: Attempt;
  readonly port: number;
  readonly backend: WatchedServer;
}

/** Starts the learner's server; `undefined` where it does not say its port. */
export async function portOf(
  attempt: Attempt,
  backend: WatchedServer,
): Promise<number | undefined> {
  const { value } = await attempt.call('startServer', [backend.url]);
  const isPort = Number.isInteger(value) && Number(value) > 0 && Number(value) <= LAST_PORT;
  return isPort ? Number(value) : undefined;
}

/** Whoever asks the learner's server for something. */
export class Guest {
  /** Status 0 stands for a connection that was closed instead. */
  answer: { readonly status: number; readonly body: string } | undefined;
  readonly answered: Promise<void>;

  constructor({ port }: { readonly port: number }, path: string) {
    this.answered = this.#ask(`http://127.0.0.1:${port}${path}`);
  }

  async #ask(url: string): Promise<void> {
    try {
      const response = await fetch(url);
      this.answer = { status: response.status, body: await response.text() };
    } catch {
      this.answer = { status: 0, body: '' };
    }
  }
}
