/** What a blocked thread asks of the thread that works for it: whether it is there, or something of its own kind. */
export type BridgeQuestion<Asked> = { readonly kind: 'echo' } | Asked;

/** What comes back: that it is done, something of its own kind, or what nobody expected to be thrown, as a sentence. */
export type BridgeAnswer<Told> =
  { readonly kind: 'done' } | { readonly kind: 'fault'; readonly message: string } | Told;

/** A question on its way. */
export interface BridgeMessage<Asked> {
  readonly number: number;
  readonly question: BridgeQuestion<Asked>;
}

/** An answer on its way, with the number of its question. */
export interface BridgeReply<Told> {
  readonly number: number;
  readonly answer: BridgeAnswer<Told>;
}
