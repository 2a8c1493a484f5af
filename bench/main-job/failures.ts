import { formatCount } from '../samples.js';
import type { Setup } from './plan.js';
import type { Results, Tally } from './results.js';

/** Every case in which calls failed or that gave no time, as a sentence. */
export function failureItems(results: Results, { plan, contenders }: Setup): string[] {
  const cases = contenders.flatMap(({ name, states }) =>
    [...plan.few, ...plan.many].flatMap((number) =>
      states.map((state) => ({ name, number, state })),
    ),
  );
  return [
    ...cases.flatMap((which) =>
      describe(`${which.name}, ${which.state}, N = ${which.number}`, results.tally(which)),
    ),
    ...plan.many.flatMap((count) =>
      describe(`wrk, ${count} connections`, results.rateTally(count)),
    ),
  ];
}

function describe(what: string, tally: Tally | undefined): string[] {
  if (tally === undefined || tally.clean === tally.rounds) return [];
  const { rounds, clean, failedCalls, reasons } = tally;
  const calls = failedCalls === 0 ? '' : `; ${formatCount(failedCalls)} calls failed`;
  const why = reasons.map((reason) => `; ${reason}`).join('');
  return [`${what}: ${rounds - clean} of ${rounds} rounds cannot be used${calls}${why}`];
}
