import { spells } from '../bytes.ts';
import type { Envelope } from '../syntax.ts';

const LETTER_E = 0x45;
const LETTER_G = 0x47;
const LETTER_I = 0x49;
const LETTER_S = 0x53;
const LETTER_T = 0x54;

/** ST, SE, GS, GE, IEA and TA1. */
export const X12_ENVELOPE: Envelope = {
  trailer: 'IEA',
  next(bytes, { marks, first }, start, end) {
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
  },
  roleOf(bytes, { marks, first }, segment) {
    const begin = first[segment] ?? 0;
    const from = (marks[begin] ?? 0) + 1;
    const length = (marks[begin + 1] ?? 0) - from;
    if (length === 2) {
      const second = bytes[from + 1];
      if (bytes[from] === LETTER_S)
        return second === LETTER_T ? 'document' : second === LETTER_E ? 'document-end' : null;
      if (bytes[from] === LETTER_G) return second === LETTER_S ? 'group' : second === LETTER_E ? 'group-end' : null;
    } else if (length === 3) {
      if (bytes[from] === LETTER_I) return spells(bytes, from, 'IEA') ? 'interchange-end' : null;
      if (bytes[from] === LETTER_T) return spells(bytes, from, 'TA1') ? 'acknowledgment' : null;
    }
    return null;
  },
  describeGroup: (header) => ({
    code: header.text(0, 1),
    version: header.text(0, 8).trim(),
    controlNumber: header.text(0, 6),
  }),
  describeDocument: (segments, groupVersion) => ({
    type: segments.text(0, 1),
    release: groupVersion.slice(0, 6),
    controlNumber: segments.text(0, 2),
  }),
};
