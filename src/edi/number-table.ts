/** Spreads keys that differ in their last bytes alone, as tags and codes do. */
const SPREAD = 0x9e3779b1;

/**
 * Numbers from 0 on by keys of up to four bytes (see `tagKey`). A `Map` makes an object of each key above 2^30, and those are
 * most codes of four letters; this makes none. The key 0 is never there.
 */
export class NumberTable {
  #keys = new Int32Array(16);
  #numbers = new Int32Array(16);
  #mask = 15;
  #count = 0;

  /** The number of a key, -1 when it has none. */
  get(key: number): number {
    const wanted = key | 0;
    if (wanted === 0) return -1;
    const keys = this.#keys;
    const mask = this.#mask;
    for (let at = (Math.imul(wanted, SPREAD) >>> 16) & mask; ; at = (at + 1) & mask) {
      const found = keys[at] ?? 0;
      if (found === wanted) return this.#numbers[at] ?? -1;
      if (found === 0) return -1;
    }
  }

  set(key: number, number: number): void {
    if ((key | 0) === 0) return;
    if (2 * (this.#count + 1) > this.#keys.length) this.#grow();
    this.#put(key | 0, number);
  }

  #put(key: number, number: number): void {
    let at = (Math.imul(key, SPREAD) >>> 16) & this.#mask;
    while (this.#keys[at] !== 0 && this.#keys[at] !== key) at = (at + 1) & this.#mask;
    if (this.#keys[at] === 0) this.#count++;
    this.#keys[at] = key;
    this.#numbers[at] = number;
  }

  #grow(): void {
    const [keys, numbers] = [this.#keys, this.#numbers];
    this.#mask = 2 * keys.length - 1;
    this.#keys = new Int32Array(2 * keys.length);
    this.#numbers = new Int32Array(2 * keys.length);
    this.#count = 0;
    for (const [at, key] of keys.entries()) if (key !== 0) this.#put(key, numbers[at] ?? 0);
  }
}

/** A table of the keys in the order they come, each once. */
export function numberTableOf(keys: Iterable<number>): NumberTable {
  const table = new NumberTable();
  let next = 0;
  for (const key of keys) if (table.get(key) < 0) table.set(key, next++);
  return table;
}
