/** What is to be computed. */
export type Job =
  | { readonly kind: 'pi'; readonly digits: number }
  | { readonly kind: 'matrix'; readonly size: number };

/** What `compute` finds, by other formulas. */
export function answerOf(job: Job): string {
  if (job.kind === 'pi') return piByMachin(job.digits);
  const { size } = job;
  const places = Array.from({ length: size }, (_, place) => place);
  const sumOf = (number: (place: number) => number): number =>
    places.reduce((sum, place) => sum + (number(place) % 10), 0);
  // The numbers of a product add up to the sum, over all k, of column k of the one times row k of the other.
  return String(
    places.reduce((sum, k) => sum + sumOf((i) => 3 * i + 7 * k) * sumOf((j) => 5 * k + 9 * j), 0),
  );
}

// J. Machin, 1706: a quarter of π is 4 arctan(1/5) - arctan(1/239).
function piByMachin(digits: number): string {
  const one = 10n ** BigInt(digits + 10);
  const arctanOfOneBy = (number: bigint): bigint => {
    let [sum, power, odd, sign] = [0n, one / number, 1n, 1n];
    while (power > 0n) {
      sum += (sign * power) / odd;
      [power, odd, sign] = [power / (number * number), odd + 2n, -sign];
    }
    return sum;
  };
  return String(4n * (4n * arctanOfOneBy(5n) - arctanOfOneBy(239n))).slice(0, digits);
}
