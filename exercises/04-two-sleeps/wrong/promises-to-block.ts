// A promise is taken to block the thread until it is settled.
export async function sleepBlocking(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}

export function sleepAsynchronously(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
