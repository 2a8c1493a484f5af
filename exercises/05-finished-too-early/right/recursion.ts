interface Note {
  readonly id: number;
  readonly text: string;
}

type Save = (note: Note) => Promise<void>;

async function saveRest(notes: readonly Note[], save: Save): Promise<number> {
  const [first, ...rest] = notes;
  if (first === undefined) return 0;
  await save(first);
  return 1 + (await saveRest(rest, save));
}

export async function saveAll(
  notes: readonly Note[],
  save: Save,
  tell: (saved: number) => Promise<void>,
): Promise<number> {
  const saved = await saveRest(notes, save);
  await tell(saved);
  return saved;
}
