// Looking at the clock until it is time is taken for sleeping.
export function sleepBlocking(ms: number): void {
  const end = Date.now() + ms;
  while (Date.now() < end);
}

export function sleepAsynchronously(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
