import { beginsIsa, isBlank } from './bytes.ts';
import { ISA_VIEW, readIsa } from './isa.ts';
import { SegmentTable } from './table.ts';
import { ByteWindow } from './window.ts';

/**
 * The bytes of a file as a reader wants them: it asks for more by yielding null, and is resumed when there are more or when
 * `ended` has become true. `window.keep` is where it stands.
 */
export class Source {
  readonly window = new ByteWindow();
  readonly table = new SegmentTable();
  /** True when no more bytes come. */
  ended = false;

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

  /** As many bytes from `at` on as it takes to read an ISA. */
  view(at: number): Buffer {
    return this.window.bytes.subarray(at, Math.min(this.window.length, at + ISA_VIEW));
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

  /** Moves on to the next ISA whose delimiters are beyond doubt, or to the end. */
  *search(): Generator<null, void> {
    const { window } = this;
    for (;;) {
      const at = this.filled.indexOf('ISA', window.keep, 'latin1');
      if (at !== -1) {
        window.keep = at;
        yield* this.want(ISA_VIEW);
        const isa = beginsIsa(this.filled, window.keep) ? readIsa(this.view(window.keep)) : null;
        if (isa !== null && typeof isa === 'object' && isa.confirmed) return;
        window.keep++;
      } else if (this.ended) {
        window.keep = window.length;
        return;
      } else {
        window.keep = Math.max(window.keep, window.length - 2);
        yield null;
      }
    }
  }
}
