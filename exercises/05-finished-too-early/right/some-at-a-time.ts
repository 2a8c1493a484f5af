interface Note {
  readonly id: number;
  readonly text: string;
}

export async function saveAll(
  notes: readonly Note[],
  save: (note: Note) => Promise<void>,
  tell: (saved: number) => Promise<void>,
): Promise<number> {
  const left = notes.values();
  let saved = 0;
  const worker = async (): Promise<void> => {
    for (const note of left) {
      await save(note);
      saved += 1;
    }
  };
  await Promise.all([worker(), worker()]);
  await tell(saved);
  return saved;
}
