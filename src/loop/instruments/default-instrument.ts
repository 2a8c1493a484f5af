import { combine } from './combine.js';
import type { Instrument } from './instrument.js';

let standing: Instrument | undefined;

/** Lets an instrument look on in every loop that is made on this thread from now on. Returns the undo. */
export function setDefaultInstrument(instrument: Instrument): () => void {
  const before = standing;
  standing = instrument;
  return () => {
    standing = before;
  };
}

/** The instrument of a loop that is being made: its own, the one for all loops, or both. */
export function withDefaultInstrument(own: Instrument | undefined): Instrument | undefined {
  if (standing === undefined || own === undefined) return own ?? standing;
  return combine(own, standing);
}
