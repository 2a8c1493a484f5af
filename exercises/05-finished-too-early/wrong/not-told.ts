// A return in the midst is taken to let the rest happen.
interface Note {
  readonly id: number;
  readonly text: string;
}

export async function saveAll(
  notes: readonly Note[],
  save: (note: Note) => Promise<void>,
  tell: (saved: number) => Promise<void>,
): Promise<number> {
  return Promise.all(notes.map((note) => save(note))).then((saves) => saves.length);
}
