/** Of a large chunk so many bytes are put behind what is left over before the chunk is used as it is. */
const SEAM = 4096;

/**
 * The bytes a reader still needs, in one piece. A chunk that arrives when nothing is left over is used as it is. Otherwise
 * what is left over and the chunk are put together; of a large chunk its beginning first, because once that is read nothing
 * of what was left over is needed as a rule. Room grows by doubling, so that a document of any number of chunks costs
 * linear time; bytes once filled are never written again, because runs of segments may refer to them.
 */
export class ByteWindow {
  bytes: Buffer = Buffer.alloc(0);
  /** Position of `bytes[0]` in the file. */
  base = 0;
  /** How many of the bytes are filled. */
  length = 0;
  /** The first byte still needed; the reader moves it on. */
  keep = 0;
  #own = false;
  /** A chunk whose beginning alone is in `bytes`, from `#seam` on. */
  #chunk: Buffer | null = null;
  #seam = 0;

  /** Adds a chunk; not before `advance` has said that it has nothing more. */
  append(chunk: Buffer): void {
    const rest = this.length - this.keep;
    if (rest === 0) this.#use(chunk, 0);
    else if (rest <= SEAM && chunk.length > 2 * SEAM) {
      this.#join(chunk.subarray(0, SEAM));
      this.#chunk = chunk;
      this.#seam = this.length - SEAM;
    } else this.#join(chunk);
  }

  /** Gives what it still has of the last chunk; false when it has nothing. */
  advance(): boolean {
    const chunk = this.#chunk;
    if (chunk === null) return false;
    this.#chunk = null;
    if (this.keep >= this.#seam) this.#use(chunk, this.keep - this.#seam);
    else this.#join(chunk.subarray(SEAM));
    return true;
  }

  #use(chunk: Buffer, keep: number): void {
    this.base += this.keep - keep;
    this.bytes = chunk;
    this.length = chunk.length;
    this.keep = keep;
    this.#own = false;
  }

  #join(chunk: Buffer): void {
    if (chunk.length === 0) return;
    const rest = this.length - this.keep;
    if (this.#own && this.bytes.length - this.length >= chunk.length) {
      chunk.copy(this.bytes, this.length);
      this.length += chunk.length;
      return;
    }
    const needed = rest + chunk.length;
    const room = Buffer.allocUnsafeSlow(rest < chunk.length ? needed : 2 * needed);
    this.bytes.copy(room, 0, this.keep, this.length);
    chunk.copy(room, rest);
    this.bytes = room;
    this.#own = true;
    this.length = needed;
    this.base += this.keep;
    this.keep = 0;
  }
}
