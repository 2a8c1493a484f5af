/** Picks one of `number` ways to go on, from 0. */
export type Choose = (number: number) => number;

/**
 * Runs `run` again and again, until it has gone every way that its choices allow: what it does must depend on nothing but them.
 * Stops at the first run that returns something, which is what is resolved to, or after `most` runs.
 */
export async function everyOrder<T>(
  most: number,
  run: (choose: Choose) => Promise<T | undefined>,
): Promise<T | undefined> {
  // Depth first: the last choice that has another way left is changed next.
  const path: { choice: number; readonly number: number }[] = [];
  for (let runs = 0; runs < most; runs += 1) {
    let depth = 0;
    const found = await run((number) => {
      const step = path[depth] ?? { choice: 0, number };
      path[depth] = step;
      depth += 1;
      return step.choice;
    });
    if (found !== undefined) return found;
    path.length = Math.min(path.length, depth);
    for (let last = path.at(-1); last !== undefined; last = path.at(-1)) {
      last.choice += 1;
      if (last.choice < last.number) break;
      path.pop();
    }
    if (path.length === 0) return undefined;
  }
  return undefined;
}

/** The items in an order that `random`, from 0 up to 1, decides. */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const order = [...items];
  for (let left = order.length; left > 1; left -= 1) {
    const at = Math.floor(random() * left);
    const [taken] = order.splice(at, 1);
    if (taken !== undefined) order.push(taken);
  }
  return order;
}
