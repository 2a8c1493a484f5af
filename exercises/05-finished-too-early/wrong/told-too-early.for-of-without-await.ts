// A for … of loop is taken to wait by itself for what is called in it.
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
    void save(note).then(() => (saved += 1));
  }
  await tell(saved);
  return saved;
}
