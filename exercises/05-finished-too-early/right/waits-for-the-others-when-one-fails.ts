interface Note {
  readonly id: number;
  readonly text: string;
}

export async function saveAll(
  notes: readonly Note[],
  save: (note: Note) => Promise<void>,
  tell: (saved: number) => Promise<void>,
): Promise<number> {
  const results = await Promise.allSettled(notes.map(save));
  for (const result of results) {
    if (result.status === 'rejected') throw result.reason;
  }
  await tell(results.length);
  return results.length;
}
