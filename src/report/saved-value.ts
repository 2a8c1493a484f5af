import { UsageError } from '../core/errors.js';

/** A value somewhere in a JSON document of which nothing is known yet; whatever is read of it is checked first. */
export class SavedValue {
  readonly #value: unknown;
  readonly #path: string;

  /** `path` says where in the document the value stands: `modes[0].seconds`. */
  constructor(value: unknown, path: string) {
    this.#value = value;
    this.#path = path;
  }

  /** Whether it has fields. */
  isObject(): boolean {
    return typeof this.#value === 'object' && this.#value !== null && !Array.isArray(this.#value);
  }

  /**
   * The field of that name; one that is not there reads as null.
   *
   * @throws {UsageError} when this has no fields.
   */
  at(name: string): SavedValue {
    if (typeof this.#value !== 'object' || this.#value === null || Array.isArray(this.#value)) {
      throw this.#unexpected('an object');
    }
    const fields = new Map<string, unknown>(Object.entries(this.#value));
    return new SavedValue(
      fields.get(name) ?? null,
      this.#path === '' ? name : `${this.#path}.${name}`,
    );
  }

  /** The same; `undefined` for null. */
  orNull(): SavedValue | undefined {
    return this.#value === null ? undefined : this;
  }

  /** @throws {UsageError} when it is not a list. */
  list(): SavedValue[] {
    if (!Array.isArray(this.#value)) throw this.#unexpected('a list');
    return this.#value.map(
      (item: unknown, index) => new SavedValue(item, `${this.#path}[${index}]`),
    );
  }

  /** @throws {UsageError} when it is not a text. */
  text(): string {
    if (typeof this.#value !== 'string') throw this.#unexpected('a text');
    return this.#value;
  }

  /** @throws {UsageError} when it is not a number. */
  number(): number {
    if (typeof this.#value !== 'number') throw this.#unexpected('a number');
    return this.#value;
  }

  /** @throws {UsageError} when it is not a number above 0. */
  positive(): number {
    const value = this.number();
    if (!(value > 0)) throw this.#unexpected('a number above 0');
    return value;
  }

  #unexpected(expected: string): UsageError {
    const got = JSON.stringify(this.#value).slice(0, 40);
    return new UsageError(
      `expected ${expected} at ${this.#path === '' ? 'the top' : this.#path}, got ${got}`,
    );
  }
}
