// An await before forEach is taken to wait for its callbacks; forEach returns undefined, at once.
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
  await notes.forEach(async (note) => {
    await save(note);
    saved += 1;
  });
  await tell(saved);
  return saved;
}
