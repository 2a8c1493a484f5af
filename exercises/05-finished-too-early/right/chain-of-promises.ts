interface Note {
  readonly id: number;
  readonly text: string;
}

export function saveAll(
  notes: readonly Note[],
  save: (note: Note) => Promise<void>,
  tell: (saved: number) => Promise<void>,
): Promise<number> {
  const saved = notes.reduce<Promise<number>>(
    (before, note) => before.then((number) => save(note).then(() => number + 1)),
    Promise.resolve(0),
  );
  return saved.then((number) => tell(number).then(() => number));
}
