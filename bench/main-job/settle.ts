const QUICK_MS = 5;
const PATIENCE_MS = 3000;

/**
 * Resolves when the server answers a call that needs no work at once, or after three seconds in any case: after
 * thousands of connections it is busy closing them for a while, which is nothing that the next tool should pay for.
 */
export async function settled(url: string, signal: AbortSignal): Promise<void> {
  const beganMs = performance.now();
  for (;;) {
    const askedMs = performance.now();
    const answer = await fetch(url, { signal });
    await answer.arrayBuffer();
    const nowMs = performance.now();
    if (nowMs - askedMs < QUICK_MS || nowMs - beganMs > PATIENCE_MS) return;
  }
}
