import { spells } from './bytes.ts';
import type { SegmentTable } from './table.ts';

const LETTER_E = 0x45;
const LETTER_G = 0x47;
const LETTER_I = 0x49;
const LETTER_S = 0x53;
const LETTER_T = 0x54;

/** A segment that opens or closes an interchange, a group or a set, or acknowledges an interchange. */
export type EnvelopeTag = 'ST' | 'SE' | 'GS' | 'GE' | 'IEA' | 'TA1';

/** The next segment that may belong to the envelope, or `end`. */
export function nextEnvelope(bytes: Buffer, table: SegmentTable, start: number, end: number): number {
  const { marks, first } = table;
  let at = start;
  for (; at < end; at++) {
    const begin = first[at] ?? 0;
    const from = (marks[begin] ?? 0) + 1;
    const letter = bytes[from];
    if (letter !== LETTER_S && letter !== LETTER_G && letter !== LETTER_I) continue;
    const length = (marks[begin + 1] ?? 0) - from;
    if (length === 2 || (length === 3 && letter === LETTER_I)) break;
  }
  return at;
}

/** The tag of a segment that belongs to the envelope; null for all others. */
export function envelopeTag(bytes: Buffer, table: SegmentTable, segment: number): EnvelopeTag | null {
  const begin = table.first[segment] ?? 0;
  const from = (table.marks[begin] ?? 0) + 1;
  const length = (table.marks[begin + 1] ?? 0) - from;
  if (length === 2) {
    const second = bytes[from + 1];
    if (bytes[from] === LETTER_S) return second === LETTER_T ? 'ST' : second === LETTER_E ? 'SE' : null;
    if (bytes[from] === LETTER_G) return second === LETTER_S ? 'GS' : second === LETTER_E ? 'GE' : null;
  } else if (length === 3) {
    if (bytes[from] === LETTER_I) return spells(bytes, from, 'IEA') ? 'IEA' : null;
    if (bytes[from] === LETTER_T) return spells(bytes, from, 'TA1') ? 'TA1' : null;
  }
  return null;
}
