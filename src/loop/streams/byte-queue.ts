const FIRST_BYTES = 4096;
const NOTHING = Buffer.alloc(0);

/** Bytes that came in and were not yet taken, in one piece of memory that grows by doubling. */
export class ByteQueue {
  #memory = NOTHING;
  #start = 0;
  #end = 0;

  get length(): number {
    return this.#end - this.#start;
  }

  /** Copies the first `length` of `bytes` to the end. */
  append(bytes: Buffer, length: number): void {
    // Mostly what comes is taken as it is: copied once, without room for more.
    if (this.#start === this.#end) {
      this.#memory = Buffer.allocUnsafe(length);
      bytes.copy(this.#memory, 0, 0, length);
      this.#start = 0;
      this.#end = length;
      return;
    }
    if (this.#end + length > this.#memory.length) this.#makeRoom(length);
    bytes.copy(this.#memory, this.#end, 0, length);
    this.#end += length;
  }

  /** Takes the first `length` bytes out. They are the caller's. */
  take(length: number): Buffer {
    if (length === this.#memory.length && length === this.#end - this.#start) {
      const all = this.#memory;
      this.clear();
      return all;
    }
    const taken = Buffer.from(this.#memory.subarray(this.#start, this.#start + length));
    this.#start += length;
    if (this.#start === this.#end) this.clear();
    return taken;
  }

  /** Where `delimiter` begins, counted from the first byte, looking from `from` on; -1 when it is not there. */
  indexOf(delimiter: Uint8Array, from: number): number {
    const found = this.#memory
      .subarray(this.#start, this.#end)
      .indexOf(delimiter, Math.max(0, from));
    return found;
  }

  /** Gives the memory back. */
  clear(): void {
    this.#memory = NOTHING;
    this.#start = 0;
    this.#end = 0;
  }

  #makeRoom(length: number): void {
    const needed = this.length + length;
    const target =
      needed > this.#memory.length / 2
        ? Buffer.allocUnsafe(Math.max(FIRST_BYTES, 2 * needed))
        : this.#memory;
    this.#memory.copy(target, 0, this.#start, this.#end);
    this.#end = this.length;
    this.#start = 0;
    this.#memory = target;
  }
}
