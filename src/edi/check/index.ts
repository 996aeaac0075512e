import type { Dictionaries } from '../dictionary/types.ts';
import type { FunctionalGroup, Interchange, ReadItem, TransactionSet } from '../envelope.ts';
import type { Finding } from '../finding.ts';
import { finding } from '../findings.ts';
import type { Segments } from '../segments.ts';
import type { Structure } from '../structure-types.ts';
import { elementPosition, envelopePosition } from './control.ts';
import { checkDocument } from './document.ts';
import {
  brokenFinding,
  checkContents,
  checkGroupEnd,
  checkInterchangeEnd,
  createFindingList,
  createSeenNumbers,
  type FindingList,
  groupMissing,
  groupUnnamed,
  type SeenNumbers,
} from './envelope.ts';
import { checkGroupHeader, checkInterchangeHeader } from './interchange-header.ts';

/** What checking a read item gave. Findings of a level are said once, when the level ends. */
export type Checked =
  | {
      readonly kind: 'document';
      readonly document: TransactionSet;
      readonly group: FunctionalGroup;
      readonly interchange: Interchange;
      readonly findings: readonly Finding[];
      readonly structure: Structure | null;
    }
  | {
      readonly kind: 'group';
      readonly group: FunctionalGroup;
      readonly trailer: Segments | null;
      /** How many documents it held. */
      readonly documents: number;
      /** The group's own findings, its documents' aside. */
      readonly findings: readonly Finding[];
    }
  | {
      readonly kind: 'interchange';
      readonly interchange: Interchange;
      readonly trailer: Segments | null;
      readonly end: number;
      readonly groups: number;
      /** TA1 segments that it carries. */
      readonly acknowledgments: number;
      /** The interchange's own findings, its groups' and documents' aside. */
      readonly findings: readonly Finding[];
    }
  /** Faults of bytes that belong to no interchange. */
  | { readonly kind: 'outside'; readonly findings: readonly Finding[] };

/** Checks a file as it is read. It keeps no document, so a file of any length passes through. */
export interface Checker {
  /** The result that a read item brings to its end; null when there is none yet. */
  check(item: ReadItem): Checked | null;
  /** Call once after the last item: what is wrong with the file as a whole. `bytes` is its length. */
  end(bytes: number): readonly Finding[];
}

interface OpenInterchange {
  readonly interchange: Interchange;
  readonly findings: FindingList;
  readonly groupNumbers: SeenNumbers;
  groups: number;
  acknowledgments: number;
  /** Documents in implicit groups, which an EDIFACT interchange counts instead of groups. */
  loose: number;
  /** The reader gave the rest up, so that a missing trailer is no news. */
  unread: boolean;
}

interface OpenGroup {
  readonly group: FunctionalGroup;
  readonly findings: FindingList;
  readonly documentNumbers: SeenNumbers;
  documents: number;
}

/** A checker for one file. */
export function createChecker(dictionaries: Dictionaries): Checker {
  let open: OpenInterchange | null = null;
  let group: OpenGroup | null = null;
  let begun = false;
  let last = 0;
  return {
    check(item) {
      switch (item.kind) {
        case 'interchange':
          begun = true;
          open = openInterchange(item.interchange, dictionaries);
          return null;
        case 'interchange-acknowledgment':
          if (open !== null) open.acknowledgments++;
          return null;
        case 'group':
          group = openGroup(item.group, open, dictionaries);
          return null;
        case 'document': {
          last = item.document.end;
          if (open === null || group === null) return null;
          const loose = group.group.implicit && open.interchange.standard === 'x12';
          if (loose && group.documents === 0) open.findings.add(groupMissing(item.document));
          return document(item.document, group, open.interchange, dictionaries);
        }
        case 'stray':
          open?.findings.add(strayFinding(item.segments));
          return null;
        case 'group-end': {
          const closed = group;
          group = null;
          return closed === null ? null : closeGroup(closed, item.trailer, open, last);
        }
        case 'broken': {
          begun = true;
          const found = brokenFinding(item.reason, item.start, open?.interchange.header ?? null);
          if (open === null) return found === null ? null : { kind: 'outside', findings: [found] };
          open.unread ||= found !== null;
          if (found !== null) open.findings.add(found);
          return null;
        }
        case 'interchange-end': {
          const closed = open;
          open = null;
          group = null;
          return closed === null ? null : closeInterchange(closed, item.trailer, item.end);
        }
        case 'gap':
          begun ||= item.reason === 'truncated';
          return gapResult(item);
      }
    },
    end(bytes) {
      if (begun) return [];
      return [finding(bytes === 0 ? 'EMPTY_FILE' : 'NOT_EDI', { path: 'file', position: { byte: 0 } })];
    },
  };
}

function openInterchange(interchange: Interchange, dictionaries: Dictionaries): OpenInterchange {
  const findings = createFindingList();
  for (const found of checkInterchangeHeader(interchange, dictionaries)) findings.add(found);
  const groupNumbers = createSeenNumbers();
  return { interchange, findings, groupNumbers, groups: 0, acknowledgments: 0, loose: 0, unread: false };
}

function openGroup(group: FunctionalGroup, open: OpenInterchange | null, dictionaries: Dictionaries): OpenGroup {
  const findings = createFindingList();
  for (const found of checkGroupHeader(group, open?.interchange ?? null, dictionaries)) findings.add(found);
  const { header, controlNumber, implicit } = group;
  const unnamed = groupUnnamed(group);
  if (unnamed !== null) open?.findings.add(unnamed);
  if (!implicit && open !== null) open.groups++;
  if (header !== null && open?.groupNumbers.again(controlNumber) === true) {
    const element = header.tag(0) === 'GS' ? 6 : 5;
    const path = `${header.tag(0)}/0${element}`;
    const text = `Control number ${controlNumber} names an earlier group of the interchange.`;
    const position = envelopePosition(header, element);
    findings.add(finding('GROUP_CONTROL_REPEATED', { path, position, value: controlNumber, text }));
  }
  return { group, findings, documentNumbers: createSeenNumbers(), documents: 0 };
}

function document(
  read: TransactionSet,
  open: OpenGroup,
  interchange: Interchange,
  dictionaries: Dictionaries,
): Checked {
  open.documents++;
  const { findings, structure } = checkDocument(read, open.group, dictionaries);
  const { controlNumber, type, segments } = read;
  const repeated: Finding[] = [];
  if (open.documentNumbers.again(controlNumber)) {
    const element = interchange.standard === 'x12' ? 2 : 1;
    const path = `${type}/${segments.tag(0)}/0${element}`;
    const text = `Control number ${controlNumber} names an earlier document of the group.`;
    const position = elementPosition(segments, 0, element);
    repeated.push(finding('SET_CONTROL_REPEATED', { path, position, value: controlNumber, text }));
  }
  const all = repeated.length === 0 ? findings : [...repeated, ...findings];
  return { kind: 'document', document: read, group: open.group, interchange, findings: all, structure };
}

function closeGroup(closed: OpenGroup, trailer: Segments | null, open: OpenInterchange | null, last: number): Checked {
  const { group, documents, findings } = closed;
  if (group.implicit && open !== null) open.loose += documents;
  for (const found of checkGroupEnd(group, trailer, documents, last)) findings.add(found);
  return { kind: 'group', group, trailer, documents, findings: findings.items };
}

function closeInterchange(closed: OpenInterchange, trailer: Segments | null, end: number): Checked {
  const { interchange, findings, groups, acknowledgments, loose, unread } = closed;
  const counted = groups > 0 || interchange.standard === 'x12' ? groups : loose;
  if (trailer !== null || !unread) {
    for (const found of checkInterchangeEnd(interchange, trailer, counted, end)) findings.add(found);
  }
  if (trailer !== null) {
    for (const found of checkContents(interchange, closed, trailer.startOf(0))) findings.add(found);
  }
  return { kind: 'interchange', interchange, trailer, end, groups, acknowledgments, findings: findings.items };
}

function strayFinding(segments: Segments): Finding {
  const tag = segments.tag(0);
  const text = `Segment ${tag} stands outside any document.`;
  const position = { byte: segments.startOf(0), tag };
  return finding('INTERCHANGE_STRUCTURE', { path: tag, position, value: tag, text });
}

function gapResult(gap: Extract<ReadItem, { kind: 'gap' }>): Checked | null {
  const position = { byte: gap.start };
  switch (gap.reason) {
    case 'blank':
    case 'byte-order-mark':
      return null;
    case 'garbage': {
      const text = `${gap.end - gap.start} bytes that belong to no interchange were passed over.`;
      return { kind: 'outside', findings: [finding('GARBAGE_BETWEEN', { path: 'file', position, text })] };
    }
    case 'truncated': {
      const text = 'The file ends inside an interchange header.';
      return { kind: 'outside', findings: [finding('INTERCHANGE_HEADER_BROKEN', { path: 'file', position, text })] };
    }
  }
}
