import type { FunctionalGroup, Interchange, ReadItem, TransactionSet } from './envelope.ts';
import type { SetLimits } from './limits.ts';
import type { ScanState } from './scan-state.ts';
import { Segments } from './segments.ts';
import type { Envelope, EnvelopeRole, Syntax } from './syntax.ts';
import type { ByteWindow } from './window.ts';

/** The segment that makes a set too large, by its index in the scanner's table. */
export interface Overflow {
  readonly reason: 'too-many-segments' | 'document-too-long';
  readonly segment: number;
}

/** What an implicit group says. */
const IMPLICIT = { code: '', version: '', controlNumber: '' };

/** Turns the segments of one interchange into groups and documents, in whatever order they come. */
export class Assembler {
  readonly #window: ByteWindow;
  readonly #state: ScanState;
  readonly #interchange: Interchange;
  readonly #envelope: Envelope;
  readonly #limits: SetLimits;
  #group: FunctionalGroup | null = null;
  #groups = 0;
  #documents = 0;
  /** Index of the header in the scanner's table; -1 when no document is open. */
  #from = -1;
  #walked = 0;
  /** Byte in the file after the last complete segment. */
  end: number;

  constructor(window: ByteWindow, state: ScanState, interchange: Interchange, syntax: Syntax) {
    this.#window = window;
    this.#state = state;
    this.#interchange = interchange;
    this.#envelope = syntax.envelope;
    this.#limits = syntax.limits;
    this.end = window.base + state.position;
  }

  /** Items for the segments that became complete; then only an open document is left in the scanner's table. */
  *walk(): Generator<ReadItem, Overflow | null> {
    const { table } = this.#state;
    const { bytes } = this.#window;
    const cut = this.#cutter();
    for (let at = this.#walked; at < table.count; at++) {
      if (this.#from !== -1) {
        at = this.#envelope.next(bytes, table, at, Math.min(table.count, this.#from + this.#limits.setSegments));
        const overflow = this.#overflow(at);
        if (overflow !== null) {
          this.#walkedTo(overflow.segment);
          return overflow;
        }
        if (at === table.count) break;
      }
      const role = this.#envelope.roleOf(bytes, table, at);
      if (role !== null) yield* this.#take(role, at, cut);
      else if (this.#from === -1) yield { kind: 'stray', segments: cut(at, 1) };
    }
    this.#walkedTo(table.count);
    this.#forget();
    return null;
  }

  /** Closes an open document that has no trailer. */
  *closeDocument(): Generator<ReadItem, void> {
    yield* this.#closeDocument(this.#cutter(), this.#walked);
  }

  /** Closes an open group that has no trailer. */
  *closeGroup(trailer: Segments | null = null): Generator<ReadItem, void> {
    if (this.#group !== null) yield { kind: 'group-end', group: this.#group, trailer };
    this.#group = null;
  }

  /** Runs of the table as it is now; it is copied once, when the first is asked for. */
  #cutter(): (from: number, count: number) => Segments {
    const { bytes, base } = this.#window;
    let whole: Segments | null = null;
    return (from, count) => {
      if (whole === null) {
        const { marks, first } = this.#state.table.copy();
        whole = new Segments(bytes, base, this.#interchange.delimiters, marks, first, 0, first.length - 1);
      }
      return whole.slice(from, count);
    };
  }

  *#take(role: EnvelopeRole, at: number, cut: (from: number, count: number) => Segments): Generator<ReadItem, void> {
    if (role === 'acknowledgment') {
      if (this.#from !== -1) return;
      yield { kind: this.#group === null ? 'interchange-acknowledgment' : 'stray', segments: cut(at, 1) };
      return;
    }
    if (role === 'document-end') {
      if (this.#from === -1) yield { kind: 'stray', segments: cut(at, 1) };
      else yield { kind: 'document', document: this.#document(cut(this.#from, at + 1 - this.#from), true, at) };
      this.#from = -1;
      return;
    }
    yield* this.#closeDocument(cut, at);
    if (role === 'document') {
      if (this.#group === null) yield this.#openGroup(null);
      this.#from = at;
    } else if (role === 'group-end') {
      const closes = this.#group?.implicit === false;
      yield* this.closeGroup(closes ? cut(at, 1) : null);
      if (!closes) yield { kind: 'stray', segments: cut(at, 1) };
    } else {
      yield* this.closeGroup();
      if (role === 'group') yield this.#openGroup(cut(at, 1));
      else yield this.#interchangeEnd(cut(at, 1), at);
    }
  }

  *#closeDocument(cut: (from: number, count: number) => Segments, before: number): Generator<ReadItem, void> {
    const from = this.#from;
    this.#from = -1;
    // A header that breaks a limit by itself makes no document.
    if (from === -1 || from === before) return;
    yield { kind: 'document', document: this.#document(cut(from, before - from), false, before - 1) };
  }

  #document(segments: Segments, complete: boolean, last: number): TransactionSet {
    return {
      ordinal: this.#documents++,
      ...this.#envelope.describeDocument(segments, this.#group?.version ?? ''),
      segments,
      complete,
      start: segments.startOf(0),
      end: this.#endOf(last),
    };
  }

  #openGroup(header: Segments | null): ReadItem {
    this.#group = {
      ordinal: this.#groups++,
      ...(header === null ? IMPLICIT : this.#envelope.describeGroup(header)),
      implicit: header === null,
      header,
    };
    return { kind: 'group', group: this.#group };
  }

  #interchangeEnd(trailer: Segments, at: number): ReadItem {
    return { kind: 'interchange-end', interchange: this.#interchange, trailer, end: this.#endOf(at) };
  }

  /** Whether the open document breaks a limit with the segment at `at` or one before it. */
  #overflow(at: number): Overflow | null {
    const { table } = this.#state;
    const { setSegments, setBytes } = this.#limits;
    const last = Math.min(at, table.count - 1);
    const limit = table.startOf(this.#from) + setBytes;
    if (table.terminatorOf(last) >= limit) {
      let segment = last;
      while (segment > this.#from && table.terminatorOf(segment - 1) >= limit) segment--;
      return { reason: 'document-too-long', segment };
    }
    return at - this.#from >= setSegments && at < table.count ? { reason: 'too-many-segments', segment: at } : null;
  }

  #endOf(segment: number): number {
    return this.#window.base + this.#state.endOf(segment, this.#window.bytes, this.#window.length);
  }

  #walkedTo(segment: number): void {
    this.#walked = segment;
    if (segment > 0) this.end = this.#endOf(segment - 1);
  }

  #forget(): void {
    const dropped = this.#from === -1 ? this.#walked : this.#from;
    this.#state.table.drop(dropped);
    this.#walked -= dropped;
    if (this.#from !== -1) this.#from = 0;
  }
}
