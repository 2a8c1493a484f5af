// What stands in a then is taken to have happened when the function returns.
interface Note {
  readonly id: number;
  readonly text: string;
}

export async function saveAll(
  notes: readonly Note[],
  save: (note: Note) => Promise<void>,
  tell: (saved: number) => Promise<void>,
): Promise<number> {
  void Promise.all(notes.map((note) => save(note))).then(() => tell(notes.length));
  return notes.length;
}
