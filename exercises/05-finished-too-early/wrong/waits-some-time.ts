// Some time is taken to be long enough for every save.
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
  notes.forEach(async (note) => {
    await save(note);
    saved += 1;
  });
  await new Promise((resolve) => setTimeout(resolve, 3000));
  await tell(saved);
  return saved;
}
