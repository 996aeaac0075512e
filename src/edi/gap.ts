import { BYTE_ORDER_MARK, spells } from './bytes.ts';
import type { GapReason, ReadItem } from './envelope.ts';
import type { Source } from './source.ts';
import type { Syntax } from './syntax.ts';

/** What lies before the next interchange, from `start` on, and its standard; null when none comes any more. */
export function* readGap(source: Source, start: number): Generator<ReadItem | null, Syntax | null> {
  const { window } = source;
  let from = start;
  for (;;) {
    yield* source.blanks();
    if (source.here > from) yield gap('blank', from, source.here);
    yield* source.want(4);
    from = source.here;
    if (!spells(source.filled, window.keep, BYTE_ORDER_MARK)) break;
    window.keep += BYTE_ORDER_MARK.length;
    yield gap('byte-order-mark', from, source.here);
    from = source.here;
  }
  if (window.keep === window.length) return null;
  const syntax = source.syntaxAt(window.keep);
  if (syntax !== null) return syntax;
  yield* source.search();
  yield gap('garbage', from, source.here);
  return source.syntaxAt(window.keep);
}

/** Bytes that belong to no interchange. */
export function gap(reason: GapReason, start: number, end: number): ReadItem {
  return { kind: 'gap', reason, start, end };
}
