import { isBlank } from './bytes.ts';
import type { Begins, Syntax } from './syntax.ts';
import { giveTableBack, takeTable } from './table.ts';
import { ByteWindow } from './window.ts';

const LETTER_I = 0x49;
const LETTER_U = 0x55;
/** Bytes that are looked at one by one before a tag is looked for: what looks like a header often comes in crowds. */
const NEAR = 64;

/**
 * The bytes of a file as a reader wants them: it asks for more by yielding null, and is resumed when there are more or when
 * `ended` has become true. `window.keep` is where it stands.
 */
export class Source {
  readonly window = new ByteWindow();
  readonly table = takeTable();
  /** True when no more bytes come. */
  ended = false;
  readonly #syntaxes: readonly Syntax[];
  /** For each tag of a header the position in the file before which it does not stand, at or behind where it was looked for. */
  readonly #tags: { readonly tag: string; position: number }[];
  /** Whether an interchange of any standard may begin at a byte. */
  readonly begins: Begins;

  constructor(syntaxes: readonly Syntax[]) {
    this.#syntaxes = syntaxes;
    this.#tags = syntaxes.flatMap(({ tags }) => tags.map((tag) => ({ tag, position: 0 })));
    this.begins = (bytes, at) => syntaxes.some((syntax) => syntax.begins(bytes, at));
  }

  /** Call when nothing more is read. */
  close(): void {
    giveTableBack(this.table);
  }

  /** The position in the file where the reader stands. */
  get here(): number {
    return this.window.base + this.window.keep;
  }

  /** The position in the file after the last byte there is. */
  get end(): number {
    return this.window.base + this.window.length;
  }

  /** The bytes that are there. */
  get filled(): Buffer {
    return this.window.bytes.subarray(0, this.window.length);
  }

  /** The standard whose interchange may begin at a byte of the window; null when none may. */
  syntaxAt(at: number): Syntax | null {
    const bytes = this.filled;
    return this.#syntaxes.find((syntax) => syntax.begins(bytes, at)) ?? null;
  }

  /** As many bytes from `at` on as it takes to read a header. */
  view(at: number, { headerView }: Syntax): Buffer {
    return this.window.bytes.subarray(at, Math.min(this.window.length, at + headerView));
  }

  /** Waits until so many bytes are there from `keep` on, or the file ends. */
  *want(bytes: number): Generator<null, void> {
    while (this.window.length - this.window.keep < bytes && !this.ended) yield null;
  }

  /** Moves on over blanks. */
  *blanks(): Generator<null, void> {
    const { window } = this;
    for (;;) {
      while (window.keep < window.length && isBlank(window.bytes[window.keep] ?? 0)) window.keep++;
      if (window.keep < window.length || this.ended) return;
      yield null;
    }
  }

  /** Moves on to the next header whose delimiters are beyond doubt, or to the end. */
  *search(): Generator<null, void> {
    const { window } = this;
    for (;;) {
      window.keep = this.#candidate(window.keep);
      const syntax = this.syntaxAt(window.keep);
      if (syntax !== null) {
        yield* this.want(syntax.headerView);
        const header = syntax.readHeader(this.view(window.keep, syntax));
        if (typeof header === 'object' && header.confirmed) return;
        window.keep++;
      } else if (this.ended) {
        window.keep = window.length;
        return;
      } else yield null;
    }
  }

  /** Where the next header may begin; behind the bytes that were looked at when nowhere. */
  #candidate(from: number): number {
    const bytes = this.filled;
    for (let at = from; ; at = this.#nextTag(bytes, at)) {
      for (const near = Math.min(at + NEAR, bytes.length - 3); at < near; at++) {
        const letter = bytes[at];
        if ((letter === LETTER_I || letter === LETTER_U) && this.begins(bytes, at)) return at;
      }
      if (at + 4 > bytes.length) return at;
    }
  }

  /** Where one of the tags stands, from `from` on; behind the last byte where one could begin when none does. */
  #nextTag(bytes: Buffer, from: number): number {
    const { base } = this.window;
    let nearest = bytes.length - 3;
    for (const next of this.#tags) {
      if (next.position < base + from) {
        const found = bytes.indexOf(next.tag, from, 'latin1');
        next.position = base + (found === -1 ? bytes.length - 3 : found);
      }
      nearest = Math.min(nearest, next.position - base);
    }
    return Math.max(from, nearest);
  }
}
