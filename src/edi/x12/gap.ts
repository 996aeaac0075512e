import type { GapReason, ReadItem } from '../envelope.ts';
import { BYTE_ORDER_MARK, beginsIsa, spells } from './bytes.ts';
import type { Source } from './source.ts';

/** What lies before the next ISA, from `start` on; false when none comes any more. */
export function* readGap(source: Source, start: number): Generator<ReadItem | null, boolean> {
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
  if (window.keep === window.length) return false;
  if (beginsIsa(source.filled, window.keep)) return true;
  yield* source.search();
  yield gap('garbage', from, source.here);
  return window.keep < window.length;
}

/** Bytes that belong to no interchange. */
export function gap(reason: GapReason, start: number, end: number): ReadItem {
  return { kind: 'gap', reason, start, end };
}
