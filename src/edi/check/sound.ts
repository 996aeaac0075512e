import { tagKey } from '../bytes.ts';
import type { ElementDefinition } from '../dictionary/types.ts';
import { type NumberTable, numberTableOf } from '../number-table.ts';
import { allDigits, daysIn, isClock, two } from './value.ts';

/** What kind of value an element holds, as far as it can be told at a glance. */
type Kind = 'text' | 'code' | 'digits' | 'date' | 'time' | 'other';

/** An element made ready for the quick look. All have the same fields, whatever table they come from: the engine likes that. */
export interface ElementForm {
  readonly kind: Kind;
  readonly min: number;
  readonly max: number;
  /** The codes of `code`; null where any text of the right form passes. */
  readonly codes: NumberTable | null;
}

/** The form of an element. `other` is what only a full check can tell. */
export function formOf({ type, min, max, codes }: ElementDefinition): ElementForm {
  const keys = [...(codes ?? [])].map((code) => Buffer.from(code, 'latin1'));
  const short = keys.every(({ length }) => length <= 4);
  const table = codes === undefined ? null : numberTableOf(keys.map((key) => tagKey(key, 0, key.length)));
  switch (type) {
    case 'AN':
      return { kind: 'text', min, max, codes: null };
    case 'ID':
      return { kind: table === null ? 'text' : short ? 'code' : 'other', min, max, codes: table };
    case 'N':
    case 'R':
      return { kind: 'digits', min, max, codes: null };
    case 'DT':
      return { kind: 'date', min, max, codes: null };
    case 'TM':
      return { kind: 'time', min, max, codes: null };
    case 'A':
    case 'B':
      return { kind: 'other', min, max, codes: null };
  }
}

/** True where bytes are nothing but ASCII text and separators of elements: one long walk is quicker than one for each element. */
export function isPlain(bytes: Uint8Array, from: number, to: number, plain: Uint8Array): boolean {
  let all = 1;
  for (let at = from; at < to; at++) all &= plain[bytes[at] ?? 0] ?? 0;
  return all !== 0;
}

/**
 * True only for a value without a fault, and for nearly all of those: at most one walk over its bytes, and nothing is made. The value
 * lies in bytes that are plain. What it does not vouch for is checked in full by `valueFault`, which knows what is wrong.
 */
export function isSound(
  bytes: Uint8Array,
  from: number,
  to: number,
  { kind, min, max, codes }: ElementForm,
  classes: Uint8Array,
): boolean {
  const length = to - from;
  if (length < min || length > max) return false;
  switch (kind) {
    case 'text':
      return true;
    case 'code':
      return codes !== null && codes.get(tagKey(bytes, from, to)) >= 0;
    case 'digits':
      return allDigits(bytes, from, to, classes);
    case 'date': {
      if (length !== 8 || !allDigits(bytes, from, to, classes)) return false;
      const day = two(bytes, from + 6);
      return day >= 1 && day <= daysIn(100 * two(bytes, from) + two(bytes, from + 2), two(bytes, from + 4));
    }
    case 'time':
      return length >= 4 && length !== 5 && allDigits(bytes, from, to, classes) && isClock(bytes, from, length);
    case 'other':
      return false;
  }
}
