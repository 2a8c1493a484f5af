// An error that is printed is taken to be dealt with.
interface Note {
  readonly id: number;
  readonly text: string;
}

export async function saveAll(
  notes: readonly Note[],
  save: (note: Note) => Promise<void>,
  tell: (saved: number) => Promise<void>,
): Promise<number> {
  let saved = 0;
  for (const note of notes) {
    try {
      await save(note);
      saved += 1;
    } catch (error) {
      console.error(error);
    }
  }
  await tell(saved);
  return saved;
}
