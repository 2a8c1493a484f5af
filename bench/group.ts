import type { Peers } from './peers.js';

/** How much is measured. */
export interface Extent {
  readonly rounds: number;
  /** Small numbers that only show whether everything works. */
  readonly quick: boolean;
}

/** What a group of benchmarks works with. */
export interface BenchContext extends Extent {
  readonly peers: Peers;
  /** Fires when the whole run is given up. */
  readonly signal: AbortSignal;
  /** Tells on standard error what is going on. */
  readonly progress: (text: string) => void;
}

/** A table: its column headings, and rows of as many cells. The first column lines up left, the others right. */
export interface Table {
  readonly kind: 'table';
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** One piece of a document; `text` and `items` are Markdown. */
export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | Table;

/** Benchmarks that belong together and fill one chapter of the document. */
export interface Group {
  /** What it is called on the command line. */
  readonly name: string;
  readonly title: string;
  /** Measures, and resolves to the chapter without its title; rejects when `signal` fires. */
  measure(context: BenchContext): Promise<readonly Block[]>;
}
