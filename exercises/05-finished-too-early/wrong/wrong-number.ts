// `saved += await …` is taken to read saved after the wait; it reads it before, when it is 0 for all of them.
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
  const one = async (note: Note): Promise<number> => {
    await save(note);
    return 1;
  };
  await Promise.all(
    notes.map(async (note) => {
      saved += await one(note);
    }),
  );
  await tell(saved);
  return saved;
}
