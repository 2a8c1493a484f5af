/** What `look` finds, or `undefined` where it throws: what is looked at may have gone meanwhile. */
export function orNothing<Found>(look: () => Found): Found | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
