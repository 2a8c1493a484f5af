// To tell how many were saved is taken to mean after each of them.
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
    await save(note);
    saved += 1;
    await tell(saved);
  }
  return saved;
}
