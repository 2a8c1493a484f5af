// An await of an array of promises is taken to wait for each of them; an array is no promise, so there is nothing to wait for.
interface Note {
  readonly id: number;
  readonly text: string;
}

export async function saveAll(
  notes: readonly Note[],
  save: (note: Note) => Promise<void>,
  tell: (saved: number) => Promise<void>,
): Promise<number> {
  const saves = await notes.map((note) => save(note));
  await tell(saves.length);
  return saves.length;
}
