interface Note {
  readonly id: number;
  readonly text: string;
}

export async function saveAll(
  notes: readonly Note[],
  save: (note: Note) => Promise<void>,
  tell: (saved: number) => Promise<void>,
): Promise<number> {
  const failures: unknown[] = [];
  let saved = 0;
  for (const note of notes) {
    save(note).then(
      () => {
        saved += 1;
      },
      (error: unknown) => failures.push(error),
    );
  }
  while (saved < notes.length && failures.length === 0) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  if (failures.length > 0) throw failures[0];
  await tell(saved);
  return saved;
}
