export interface Note {
  readonly id: number;
  readonly text: string;
}

/**
 * Saves every note, each once, then tells how many were saved, and returns that number.
 *
 * When it tells, every save is done; when it resolves, the telling is done, too. If a save or the telling fails, it rejects with that
 * error, and after a failed save it does not tell. No notes are fine: it tells 0.
 */
export async function saveAll(
  notes: readonly Note[],
  save: (note: Note) => Promise<void>,
  tell: (saved: number) => Promise<void>,
): Promise<number> {
  let saved = 0;
  // YOUR CODE HERE: this loop lets the function go on before the notes are saved.
  notes.forEach(async (note) => {
    await save(note);
    saved += 1;
  });
  // YOUR CODE HERE: and nobody waits for this.
  tell(saved);
  return saved;
}
