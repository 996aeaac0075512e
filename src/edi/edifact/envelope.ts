import { partText } from '../part-text.ts';
import type { Envelope, EnvelopeRole } from '../syntax.ts';

const LETTER_N = 0x4e;
const LETTER_U = 0x55;

/** By the third letter of the tag. */
const ROLES: ReadonlyMap<number | undefined, EnvelopeRole> = new Map([
  [0x47, 'group'],
  [0x45, 'group-end'],
  [0x48, 'document'],
  [0x54, 'document-end'],
  [0x5a, 'interchange-end'],
]);

/** UNG, UNE, UNH, UNT and UNZ. */
export const EDIFACT_ENVELOPE: Envelope = {
  trailer: 'UNZ',
  next(bytes, { marks, first }, start, end) {
    let at = start;
    for (; at < end; at++) {
      const from = (marks[first[at] ?? 0] ?? 0) + 1;
      if (bytes[from] === LETTER_U && bytes[from + 1] === LETTER_N) break;
    }
    return at;
  },
  roleOf(bytes, { marks, first }, segment) {
    const begin = first[segment] ?? 0;
    const from = (marks[begin] ?? 0) + 1;
    if ((marks[begin + 1] ?? 0) - from !== 3) return null;
    return bytes[from] === LETTER_U && bytes[from + 1] === LETTER_N ? (ROLES.get(bytes[from + 2]) ?? null) : null;
  },
  describeGroup: (header) => ({
    code: partText(header, 0, 1, 1),
    version: [1, 2, 3]
      .map((component) => partText(header, 0, 7, component))
      .join(':')
      .replace(/:+$/, ''),
    controlNumber: header.text(0, 5),
  }),
  describeDocument: (segments) => ({
    type: partText(segments, 0, 2, 1),
    release: partText(segments, 0, 2, 2) + partText(segments, 0, 2, 3),
    controlNumber: segments.text(0, 1),
  }),
};
