import { spreadOf, type Spread } from './samples.js';

/** Who is measured, and in which setting: both are words of the document. */
export interface Subject {
  readonly name: string;
  readonly setting: string;
}

/** What one run told, or why it tells nothing. A run in which anything failed is of the second kind: failing is quick. */
export type Outcome<Figure extends string> =
  | { readonly kind: 'figures'; readonly figures: Readonly<Partial<Record<Figure, number>>> }
  | { readonly kind: 'none'; readonly reason: string };

/** The outcomes of every subject, one a round. */
export class Measurements<Figure extends string> {
  readonly #outcomes = new Map<string, Outcome<Figure>[]>();

  /** Adds what came of a subject in the next round. */
  add({ name, setting }: Subject, outcome: Outcome<Figure>): void {
    const key = `${name}, ${setting}`;
    this.#outcomes.set(key, [...(this.#outcomes.get(key) ?? []), outcome]);
  }

  /** A figure over the rounds that can be used; `undefined` when there are none. */
  spread(subject: Subject, figure: Figure): Spread | undefined {
    return spreadOf(this.values(subject, figure));
  }

  /** A figure of every round that can be used. */
  values(subject: Subject, figure: Figure): number[] {
    return this.#rounds(subject, figure).filter((value) => value !== undefined);
  }

  /** A figure of `upper` divided by the same of `lower`, round by round, since a round's measurements stand together. */
  ratios(upper: Subject, lower: Subject, figure: Figure): number[] {
    return this.#pairs(upper, lower, figure).map(([value, other]) => value / other);
  }

  /** By how much a figure of `upper` is more than the same of `lower`, round by round. */
  differences(upper: Subject, lower: Subject, figure: Figure): number[] {
    return this.#pairs(upper, lower, figure).map(([value, other]) => value - other);
  }

  /** Every subject with rounds that cannot be used, as a sentence. */
  failures(): string[] {
    return [...this.#outcomes].flatMap(([key, outcomes]) => {
      const reasons = outcomes.flatMap((outcome) =>
        outcome.kind === 'none' ? [outcome.reason] : [],
      );
      if (reasons.length === 0) return [];
      const why = [...new Set(reasons)].join('; ');
      return [`${key}: ${reasons.length} of ${outcomes.length} rounds cannot be used; ${why}`];
    });
  }

  #pairs(
    upper: Subject,
    lower: Subject,
    figure: Figure,
  ): (readonly [upper: number, lower: number])[] {
    const below = this.#rounds(lower, figure);
    return this.#rounds(upper, figure).flatMap((value, round) => {
      const other = below[round];
      return value === undefined || other === undefined ? [] : [[value, other] as const];
    });
  }

  #rounds({ name, setting }: Subject, figure: Figure): (number | undefined)[] {
    const outcomes = this.#outcomes.get(`${name}, ${setting}`) ?? [];
    return outcomes.map((outcome) =>
      outcome.kind === 'figures' ? outcome.figures[figure] : undefined,
    );
  }
}
