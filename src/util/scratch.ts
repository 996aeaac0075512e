/**
 * Room that is used again for each document, as making a table anew costs more than filling it. What it hands out is valid
 * until it is asked again, so each work that may run inside another needs its own.
 */
export class Scratch {
  #room = new Int32Array(1024);

  /** Room for so many numbers at least, the first of them all `value`. */
  filled(count: number, value: number): Int32Array {
    if (this.#room.length < count) this.#room = new Int32Array(2 * count);
    return this.#room.fill(value, 0, count);
  }
}
