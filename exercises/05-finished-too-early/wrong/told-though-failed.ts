// A finally is taken for what comes after all went well.
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
  try {
    for (const note of notes) {
      await save(note);
      saved += 1;
    }
  } finally {
    await tell(saved);
  }
  return saved;
}
