import type { BreakReason, FunctionalGroup, Interchange, TransactionSet } from '../envelope.ts';
import type { Finding } from '../finding.ts';
import { finding } from '../findings.ts';
import type { Segments } from '../segments.ts';
import { envelopePosition, sameCount, sameNumber } from './control.ts';

/** So many findings of one envelope are kept. */
const MAX_FINDINGS = 1000;

/** Finds control numbers that occur twice. */
export interface SeenNumbers {
  /** True when the number was seen before; remembers it. */
  again(number: string): boolean;
}

/** Nothing seen yet. */
export function createSeenNumbers(): SeenNumbers {
  const seen = new Set<string>();
  return {
    again(number) {
      if (seen.has(number)) return true;
      seen.add(number);
      return false;
    },
  };
}

/** A list of findings that stops growing when a hostile file would make it endless. */
export interface FindingList {
  readonly items: readonly Finding[];
  add(found: Finding): void;
}

/** An empty list. */
export function createFindingList(): FindingList {
  const items: Finding[] = [];
  return {
    items,
    add(found) {
      if (items.length < MAX_FINDINGS) items.push(found);
    },
  };
}

/** What the end of a group shows: no trailer, another control number, another count. `end` is where a trailer should be. */
export function checkGroupEnd(
  group: FunctionalGroup,
  trailer: Segments | null,
  documents: number,
  end: number,
): readonly Finding[] {
  if (group.implicit) return [];
  const name = group.header?.tag(0) ?? 'GS';
  if (trailer === null) {
    return [finding('GROUP_TRAILER_MISSING', { path: name, position: { byte: end }, value: group.controlNumber })];
  }
  const findings: Finding[] = [];
  const tag = trailer.tag(0);
  const claimed = trailer.text(0, 1);
  if (!sameCount(claimed, documents)) {
    const text = `The group trailer counts "${claimed}" documents; there are ${documents}.`;
    const expected = String(documents);
    const position = envelopePosition(trailer, 1);
    findings.push(finding('GROUP_COUNT_WRONG', { path: `${tag}/01`, position, value: claimed, expected, text }));
  }
  const number = trailer.text(0, 2);
  const same = tag === 'GE' ? sameNumber(number, group.controlNumber) : number.trim() === group.controlNumber.trim();
  if (!same) {
    const text = `The group header says control number "${group.controlNumber}", the trailer "${number}".`;
    const position = envelopePosition(trailer, 2);
    const expected = group.controlNumber;
    findings.push(finding('GROUP_CONTROL_DIFFERS', { path: `${tag}/02`, position, value: number, expected, text }));
  }
  return findings;
}

/** What the end of an interchange shows. `counted` is its groups, or its messages where it has no groups. */
export function checkInterchangeEnd(
  interchange: Interchange,
  trailer: Segments | null,
  counted: number,
  end: number,
): readonly Finding[] {
  const { controlNumber } = interchange;
  const header = interchange.header.tag(0);
  if (trailer === null) {
    return [finding('INTERCHANGE_TRAILER_MISSING', { path: header, position: { byte: end }, value: controlNumber })];
  }
  const findings: Finding[] = [];
  const tag = trailer.tag(0);
  const claimed = trailer.text(0, 1);
  if (!sameCount(claimed, counted)) {
    const text = `The interchange trailer counts "${claimed}"; there are ${counted}.`;
    const expected = String(counted);
    const position = envelopePosition(trailer, 1);
    findings.push(finding('INTERCHANGE_COUNT_WRONG', { path: `${tag}/01`, position, value: claimed, expected, text }));
  }
  const number = trailer.text(0, 2);
  const same = interchange.standard === 'x12' ? sameNumber(number, controlNumber) : number.trim() === controlNumber;
  if (!same) {
    const text = `The interchange header says control number "${controlNumber}", the trailer "${number}".`;
    const position = envelopePosition(trailer, 2);
    const path = `${tag}/02`;
    findings.push(
      finding('INTERCHANGE_CONTROL_DIFFERS', { path, position, value: number, expected: controlNumber, text }),
    );
  }
  return findings;
}

/** TA105 of what stands between ISA and IEA, and is neither readable as groups nor answerable. */
const CONTENT_INVALID = '024';

/**
 * What an interchange may not be: empty, or of EDIFACT groups and messages without a group. `loose` counts the latter;
 * `end` is where the trailer begins.
 */
export function checkContents(
  interchange: Interchange,
  { groups, loose, acknowledgments }: Readonly<Record<'groups' | 'loose' | 'acknowledgments', number>>,
  end: number,
): readonly Finding[] {
  if (interchange.standard === 'x12') {
    if (groups + loose + acknowledgments > 0) return [];
    const text = 'The interchange holds neither a group nor a TA1.';
    const severity = 'accepted-with-errors';
    return [
      finding('INTERCHANGE_STRUCTURE', { path: 'ISA', position: { byte: end }, severity, x12: CONTENT_INVALID, text }),
    ];
  }
  const details = { path: 'UNB', position: { byte: end }, severity: 'accepted-with-errors', x12: null } as const;
  if (groups + loose === 0) {
    const text = 'The interchange holds no message.';
    return [finding('INTERCHANGE_STRUCTURE', { ...details, text, contrl: '32' })];
  }
  if (groups === 0 || loose === 0) return [];
  const text = `${loose} messages stand outside the groups of the interchange.`;
  return [finding('INTERCHANGE_STRUCTURE', { ...details, text, contrl: '30' })];
}

/** The documents of an X12 interchange from this one on have no group, so that no acknowledgment can name them. */
export function groupMissing({ start, segments }: TransactionSet): Finding {
  const tag = segments.tag(0);
  const text = 'A document stands outside any group, so that no acknowledgment can name it.';
  return finding('INTERCHANGE_STRUCTURE', { path: tag, position: { byte: start, tag }, x12: CONTENT_INVALID, text });
}

/** A GS that says nothing where an acknowledgment names its group; null for any other. */
export function groupUnnamed({ header, code, controlNumber }: FunctionalGroup): Finding | null {
  if (header?.tag(0) !== 'GS' || (code !== '' && controlNumber !== '')) return null;
  const element = code === '' ? 1 : 6;
  const position = envelopePosition(header, element);
  const text = `GS0${element} says nothing, so that no acknowledgment can name the group.`;
  return finding('INTERCHANGE_STRUCTURE', { path: `GS/0${element}`, position, x12: CONTENT_INVALID, text });
}

/** The finding of a place where the reader gave up, in the interchange of the header `path`; null where the missing trailer says it all. */
export function brokenFinding(reason: BreakReason, start: number, header: Segments | null): Finding | null {
  const position = { byte: start };
  const path = header?.tag(0) ?? 'ISA';
  switch (reason) {
    case 'truncated':
      return null;
    case 'header-unreadable': {
      if (header === null || path !== 'ISA' || header.elementCount(0) < ISA_ELEMENTS) {
        return finding('INTERCHANGE_HEADER_BROKEN', { path, position });
      }
      const text = 'Behind ISA16 stands no segment terminator, or one that is a letter, digit or blank.';
      return finding('INTERCHANGE_HEADER_BROKEN', { path, position, x12: TERMINATOR_INVALID, text });
    }
    case 'segment-too-long':
    case 'too-many-elements':
    case 'too-many-segments':
    case 'document-too-long': {
      const text = `Reading stopped here: ${BREAK_TEXTS[reason]}.`;
      return finding('INTERCHANGE_UNREADABLE', { path, position, value: reason, text });
    }
  }
}

const ISA_ELEMENTS = 16;
/** TA105 */
const TERMINATOR_INVALID = '004';

const BREAK_TEXTS = {
  'segment-too-long': 'a segment is longer than the limit',
  'too-many-elements': 'a segment has more elements than the limit',
  'too-many-segments': 'a document has more segments than the limit',
  'document-too-long': 'a document is longer than the limit',
} as const;
