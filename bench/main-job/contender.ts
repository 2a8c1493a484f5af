/** Whether the connections have to be set up within the measured time, or are there from a run before. */
export type State = 'cold' | 'warm';

/** The time of one run of N calls with the number of those that failed, or why there is none. */
export type Outcome =
  | { readonly kind: 'time'; readonly seconds: number; readonly failed: number }
  | { readonly kind: 'none'; readonly reason: string };

/** What one measurement tells: an outcome for each state of the connections that the tool knows. */
export type Reading = Readonly<Partial<Record<State, Outcome>>>;

/** What is asked of a tool. */
export interface Order {
  readonly url: string;
  /** How many calls. */
  readonly number: number;
  readonly signal: AbortSignal;
}

/** One tool in one setting, told to make N calls. */
export interface Contender {
  readonly name: string;
  /** Makes its calls one after another, or has many in flight together. */
  readonly manner: 'synchronous' | 'asynchronous';
  /** The states of its connections that it can be measured in. */
  readonly states: readonly State[];
  /** Never rejects because of the tool: what goes wrong is an outcome. */
  measure(order: Order): Promise<Reading>;
}
