// That something failed is taken to be enough to know.
interface Note {
  readonly id: number;
  readonly text: string;
}

export async function saveAll(
  notes: readonly Note[],
  save: (note: Note) => Promise<void>,
  tell: (saved: number) => Promise<void>,
): Promise<number> {
  try {
    await Promise.all(notes.map((note) => save(note)));
  } catch {
    throw new Error('not every note could be saved');
  }
  await tell(notes.length);
  return notes.length;
}
