// A timer is taken to hold up the line below it.
export function sleepBlocking(ms: number): void {
  setTimeout(() => {}, ms);
}

export function sleepAsynchronously(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
