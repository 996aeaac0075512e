import { isBlank } from './bytes.ts';
import type { Begins, Syntax } from './syntax.ts';
import { SegmentTable } from './table.ts';
import { ByteWindow } from './window.ts';

const LETTER_I = 0x49;
const LETTER_U = 0x55;

/**
 * The bytes of a file as a reader wants them: it asks for more by yielding null, and is resumed when there are more or when
 * `ended` has become true. `window.keep` is where it stands.
 */
export class Source {
  readonly window = new ByteWindow();
  readonly table = new SegmentTable();
  /** True when no more bytes come. */
  ended = false;
  readonly #syntaxes: readonly Syntax[];
  /** Whether an interchange of any standard may begin at a byte. */
  readonly begins: Begins;

  constructor(syntaxes: readonly Syntax[]) {
    this.#syntaxes = syntaxes;
    this.begins = (bytes, at) => syntaxes.some((syntax) => syntax.begins(bytes, at));
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
    let at = from;
    for (; at + 4 <= bytes.length; at++) {
      const letter = bytes[at];
      if ((letter === LETTER_I || letter === LETTER_U) && this.begins(bytes, at)) break;
    }
    return at;
  }
}
