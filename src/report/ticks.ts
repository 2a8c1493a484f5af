/** About `count` round values from 0 to `end`, for the ticks of an axis. */
export function axisTicks(end: number, count: number): number[] {
  if (end <= 0) return [0];
  const rough = end / count;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * magnitude).find((value) => value >= rough);
  if (step === undefined || !Number.isFinite(step)) return [0];
  return Array.from({ length: Math.floor(end / step + 1e-9) + 1 }, (_, index) => index * step);
}

/** The values 1, 2 and 5 times a power of ten from `from` to `to`; the powers alone where there are more than `most`. */
export function logTicks(from: number, to: number, most: number): number[] {
  const ticks = (factors: readonly number[]): number[] => {
    const values: number[] = [];
    for (let power = Math.floor(Math.log10(from)); power <= Math.log10(to); power += 1) {
      for (const factor of factors) values.push(Number((factor * 10 ** power).toPrecision(1)));
    }
    return values.filter((value) => value >= from * 0.999 && value <= to * 1.001);
  };
  const fine = ticks([1, 2, 5]);
  return fine.length <= most ? fine : ticks([1]);
}
