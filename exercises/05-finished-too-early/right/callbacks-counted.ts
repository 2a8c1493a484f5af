interface Note {
  readonly id: number;
  readonly text: string;
}

export function saveAll(
  notes: readonly Note[],
  save: (note: Note) => Promise<void>,
  tell: (saved: number) => Promise<void>,
): Promise<number> {
  return new Promise((resolve, reject) => {
    let saved = 0;
    const tellIfThrough = (): void => {
      if (saved === notes.length) tell(saved).then(() => resolve(saved), reject);
    };
    tellIfThrough();
    for (const note of notes) {
      save(note).then(() => {
        saved += 1;
        tellIfThrough();
      }, reject);
    }
  });
}
