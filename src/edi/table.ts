/**
 * The positions a scanner found, in the layout of `Segments`: complete segments first, then the marks of the one that is
 * not complete. It is written in place and grows by doubling; what is handed out is a copy.
 */
export class SegmentTable {
  marks = new Int32Array(1024);
  first = new Int32Array(256);
  /** Complete segments. */
  count = 0;
  /** Marks in use, those of the incomplete segment included. */
  used = 0;

  clear(): void {
    this.count = 0;
    this.used = 0;
    this.first[0] = 0;
  }

  /** Makes room for so many more marks and segments. */
  reserve(marks: number, segments: number): void {
    if (this.marks.length < this.used + marks) this.marks = grown(this.marks, this.used + marks);
    if (this.first.length < this.count + segments + 1) this.first = grown(this.first, this.count + segments + 1);
  }

  /** Where a segment begins, complete or not. */
  startOf(segment: number): number {
    return (this.marks[this.first[segment] ?? 0] ?? 0) + 1;
  }

  /** The mark of the terminator of a complete segment. */
  terminatorOf(segment: number): number {
    return this.marks[(this.first[segment + 1] ?? 0) - 1] ?? 0;
  }

  /** The complete segments as they are now. */
  copy(): { readonly marks: Int32Array; readonly first: Int32Array } {
    return { marks: this.marks.slice(0, this.first[this.count]), first: this.first.slice(0, this.count + 1) };
  }

  /** Forgets the first complete segments. */
  drop(segments: number): void {
    if (segments === 0) return;
    const begin = this.first[segments] ?? 0;
    this.marks.copyWithin(0, begin, this.used);
    for (let at = segments; at <= this.count; at++) this.first[at - segments] = (this.first[at] ?? 0) - begin;
    this.count -= segments;
    this.used -= begin;
  }

  /** The bytes moved towards the front. */
  shift(by: number): void {
    for (let at = 0; at < this.used; at++) this.marks[at] = (this.marks[at] ?? 0) - by;
  }
}

/** Larger tables are not kept. */
const MOST_KEPT = 524_288;
let spare: SegmentTable | null = null;

/** An empty table. One that was given back is used again: for a small file making room anew costs more than reading it. */
export function takeTable(): SegmentTable {
  const table = spare ?? new SegmentTable();
  spare = null;
  table.clear();
  return table;
}

/** For a table that nobody uses any more. */
export function giveTableBack(table: SegmentTable): void {
  if (table.marks.length <= MOST_KEPT) spare = table;
}

function grown(table: Int32Array<ArrayBuffer>, least: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(least, 2 * table.length));
  larger.set(table);
  return larger;
}
