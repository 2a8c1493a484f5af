// Promises that are awaited one by one are taken to be looked at from the begin; the last may be rejected while the first is awaited.
interface Note {
  readonly id: number;
  readonly text: string;
}

export async function saveAll(
  notes: readonly Note[],
  save: (note: Note) => Promise<void>,
  tell: (saved: number) => Promise<void>,
): Promise<number> {
  const saves = notes.map((note) => save(note));
  for (const one of saves) await one;
  await tell(notes.length);
  return notes.length;
}
