// forEach(async …) is taken to do nothing, because nobody waits for it.
interface Note {
  readonly id: number;
  readonly text: string;
}

export async function saveAll(
  notes: readonly Note[],
  save: (note: Note) => Promise<void>,
  tell: (saved: number) => Promise<void>,
): Promise<number> {
  notes.forEach(async (note) => {
    await save(note);
  });
  await Promise.all(notes.map((note) => save(note)));
  await tell(notes.length);
  return notes.length;
}
