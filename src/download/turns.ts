/** How many may be in flight: in all, and of those that share a key. */
export interface TurnLimits {
  readonly total: number;
  readonly perKey: number;
}

/**
 * Does `once` for each of `items`, in order as far as the limits allow: the moment one settles the next begins that may, and
 * an item whose key is at its limit keeps nobody behind it waiting. No further one is begun once `isOver` says so.
 *
 * @throws whatever the first failing `once` rejected with, when those in flight have settled.
 */
export async function eachInTurn<Item>(
  items: readonly Item[],
  { total, perKey }: TurnLimits,
  keyOf: (item: Item) => string,
  once: (item: Item) => Promise<void>,
  isOver: () => boolean,
): Promise<void> {
  const queues = new Map<string, Queue<Item>>();
  items.forEach((item, place) => {
    const key = keyOf(item);
    const queue = queues.get(key) ?? { key, places: [], next: 0, running: 0 };
    queues.set(key, queue);
    queue.places.push({ place, item });
  });
  const failures: unknown[] = [];
  let wake: (() => void)[] = [];
  const lane = async (): Promise<void> => {
    while (!isOver() && failures.length === 0) {
      const queue = firstOf(queues, perKey);
      if (queue === undefined) {
        if (queues.size === 0) return;
        // Each key that has items left is at its limit; one of those in flight makes room.
        await new Promise<void>((resolve) => wake.push(resolve));
        continue;
      }
      const turn = queue.places[queue.next];
      queue.next += 1;
      queue.running += 1;
      if (queue.next === queue.places.length) queues.delete(queue.key);
      try {
        if (turn !== undefined) await once(turn.item);
      } catch (error) {
        failures.push(error);
      }
      queue.running -= 1;
      const woken = wake;
      wake = [];
      for (const resolve of woken) resolve();
    }
  };
  await Promise.all(Array.from({ length: Math.min(total, items.length) }, lane));
  if (failures.length > 0) throw failures[0];
}

interface Queue<Item> {
  readonly key: string;
  readonly places: { readonly place: number; readonly item: Item }[];
  next: number;
  running: number;
}

// The queue whose first item stands first, among those that may begin one.
function firstOf<Item>(
  queues: ReadonlyMap<string, Queue<Item>>,
  perKey: number,
): Queue<Item> | undefined {
  let first: Queue<Item> | undefined;
  let firstPlace = Number.POSITIVE_INFINITY;
  for (const queue of queues.values()) {
    const place = queue.places[queue.next]?.place;
    if (queue.running >= perKey || place === undefined || place > firstPlace) continue;
    first = queue;
    firstPlace = place;
  }
  return first;
}
