export interface Note {
  readonly id: number;
  readonly text: string;
}

/** Saves every note, each once, then tells how many were saved, and returns that number. */
export async function saveAll(
  notes: readonly Note[],
  save: (note: Note) => Promise<void>,
  tell: (saved: number) => Promise<void>,
): Promise<number> {
  // forEach throws away what its callback returns; map keeps the promises, and Promise.all is one promise of them all.
  await Promise.all(notes.map((note) => save(note)));
  await tell(notes.length);
  return notes.length;
}
