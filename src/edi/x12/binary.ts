import { CR, LF, spells } from '../bytes.ts';

/**
 * Where the binary data of a BIN or BDS segment lies.
 * `none`: no such segment, or its length is no number, or no terminator stands where the length points: to be split as any
 * other. `more`: the bytes up to the end of the data are not here yet. `too-long`: the length is beyond the limit.
 */
export type BinaryData =
  | { readonly kind: 'none' | 'more' | 'too-long' }
  | { readonly kind: 'data'; readonly separators: readonly number[]; readonly end: number };

const NONE: BinaryData = { kind: 'none' };
const MORE: BinaryData = { kind: 'more' };
const TOO_LONG: BinaryData = { kind: 'too-long' };

/** BIN01 and BDS02 have at most fifteen digits. */
const LONGEST_LENGTH = 15;
/** BDS01, the filter code, has three characters. */
const LONGEST_FILTER = 8;

/**
 * Looks at the segment that begins at `at`: BIN01 is the length and BIN02 the data, BDS01 a filter, BDS02 the length and
 * BDS03 the data (004010). `length` is how many bytes are there.
 */
export function binaryData(
  bytes: Buffer,
  at: number,
  length: number,
  delimiters: { readonly element: number; readonly segment: number },
  limit: number,
): BinaryData {
  if (bytes[at + 3] !== delimiters.element) return NONE;
  const separators = [at + 3];
  let from = at + 4;
  if (spells(bytes, at, 'BDS')) {
    const filterEnd = separatorWithin(bytes, from, length, LONGEST_FILTER, delimiters.element);
    if (filterEnd === -1) return length > from + LONGEST_FILTER ? NONE : MORE;
    separators.push(filterEnd);
    from = filterEnd + 1;
  } else if (!spells(bytes, at, 'BIN')) return NONE;
  const lengthEnd = separatorWithin(bytes, from, length, LONGEST_LENGTH, delimiters.element);
  if (lengthEnd === -1) return length > from + LONGEST_LENGTH ? NONE : MORE;
  const digits = bytes.latin1Slice(from, lengthEnd);
  if (!/^\d+$/.test(digits)) return NONE;
  if (Number(digits) > limit) return TOO_LONG;
  separators.push(lengthEnd);
  const end = lengthEnd + 1 + Number(digits);
  if (end >= length) return MORE;
  const terminator = delimiters.segment === LF && bytes[end] === CR ? end + 1 : end;
  if (terminator >= length) return MORE;
  return bytes[terminator] === delimiters.segment ? { kind: 'data', separators, end } : NONE;
}

function separatorWithin(bytes: Buffer, from: number, length: number, longest: number, element: number): number {
  for (let at = from; at <= from + longest && at < length; at++) if (bytes[at] === element) return at;
  return -1;
}
