/**
 * The bytes a reader still needs, in one piece. A chunk that arrives when nothing is left over is used as it is; otherwise
 * what is left over and the chunk are put together. Room grows by doubling, so that a document of any number of chunks
 * costs linear time; bytes once filled are never written again, because runs of segments may refer to them.
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

  /** Adds a chunk and tells by how much positions moved towards the front. */
  append(chunk: Buffer): number {
    if (chunk.length === 0) return 0;
    const rest = this.length - this.keep;
    if (rest > 0 && this.#own && this.bytes.length - this.length >= chunk.length) {
      chunk.copy(this.bytes, this.length);
      this.length += chunk.length;
      return 0;
    }
    const moved = this.keep;
    if (rest === 0) this.bytes = chunk;
    else {
      const needed = rest + chunk.length;
      const room = Buffer.allocUnsafeSlow(rest < chunk.length ? needed : 2 * needed);
      this.bytes.copy(room, 0, this.keep, this.length);
      chunk.copy(room, rest);
      this.bytes = room;
    }
    this.#own = rest > 0;
    this.length = rest + chunk.length;
    this.base += moved;
    this.keep = 0;
    return moved;
  }
}
