// What a note is known by is taken for the note.
interface Note {
  readonly id: number;
  readonly text: string;
}

export async function saveAll(
  notes: readonly Note[],
  save: (note: Pick<Note, 'id'>) => Promise<void>,
  tell: (saved: number) => Promise<void>,
): Promise<number> {
  await Promise.all(notes.map(({ id }) => save({ id })));
  await tell(notes.length);
  return notes.length;
}
