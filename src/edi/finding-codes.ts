import type { FindingLevel, Severity } from './finding.ts';

/**
 * The register of finding codes. Every code has one meaning, a default severity, and the standards' own codes it becomes in
 * TA1 (interchange), AK9 (group), AK5 (document), AK3 (segment), AK4 (element) and CONTRL (DE 0085).
 * docs/errors.md lists the same codes; a test holds the two equal.
 */
export interface FindingEntry {
  readonly level: FindingLevel;
  readonly severity: Severity;
  readonly x12?: string;
  readonly contrl?: string;
  /** What it means, in one sentence. */
  readonly title: string;
}

const entry = (
  level: FindingLevel,
  severity: Severity,
  x12: string | undefined,
  contrl: string | undefined,
  title: string,
): FindingEntry => ({
  level,
  severity,
  title,
  ...(x12 === undefined ? {} : { x12 }),
  ...(contrl === undefined ? {} : { contrl }),
});

const E = 'accepted-with-errors';
const R = 'rejected';

export const FINDING_CODES = {
  // Bytes
  NOT_EDI: entry('interchange', R, undefined, undefined, 'The bytes begin no interchange.'),
  EMPTY_FILE: entry('interchange', R, undefined, undefined, 'The file has no bytes.'),
  GARBAGE_BETWEEN: entry('interchange', E, undefined, undefined, 'Bytes outside any interchange were passed over.'),
  // Interchange
  INTERCHANGE_HEADER_LENGTH: entry('interchange', E, undefined, undefined, 'The ISA is not the fixed 106 bytes.'),
  INTERCHANGE_HEADER_BROKEN: entry('interchange', R, '022', '18', 'The interchange header cannot be read.'),
  INTERCHANGE_HEADER_ELEMENT: entry(
    'interchange',
    E,
    '024',
    '12',
    'An element of the interchange header has a wrong form.',
  ),
  INTERCHANGE_DELIMITERS: entry('interchange', E, '027', '22', 'The declared delimiters are missing or collide.'),
  INTERCHANGE_TRAILER_MISSING: entry('interchange', R, '023', '13', 'The file ends before the interchange does.'),
  INTERCHANGE_CONTROL_DIFFERS: entry(
    'interchange',
    E,
    '001',
    '28',
    'Header and trailer of the interchange carry different control numbers.',
  ),
  INTERCHANGE_COUNT_WRONG: entry(
    'interchange',
    E,
    '021',
    '29',
    'The interchange trailer counts other than what is there.',
  ),
  INTERCHANGE_STRUCTURE: entry('interchange', R, '022', '33', 'A segment stands where the envelope allows none.'),
  INTERCHANGE_SENDER_UNKNOWN: entry('interchange', E, '006', '23', 'The partner does not send as this.'),
  INTERCHANGE_RECEIVER_UNKNOWN: entry('interchange', E, '009', '7', 'The partner does not address us as this.'),
  INTERCHANGE_REPEATED: entry('interchange', R, '025', '26', 'The control number was used for another interchange.'),
  INTERCHANGE_UNREADABLE: entry(
    'interchange',
    R,
    '022',
    '18',
    'The rest of the interchange exceeds the limits and was not read.',
  ),
  // Group
  GROUP_HEADER_ELEMENT: entry('group', E, '6', '12', 'An element of the group header has a wrong form.'),
  GROUP_TRAILER_MISSING: entry('group', R, '3', '13', 'The group has no trailer.'),
  GROUP_CONTROL_DIFFERS: entry(
    'group',
    R,
    '4',
    '28',
    'Header and trailer of the group carry different control numbers.',
  ),
  GROUP_COUNT_WRONG: entry('group', E, '5', '29', 'The group trailer counts other than what is there.'),
  GROUP_CONTROL_REPEATED: entry('group', E, '19', '26', 'The group control number occurs twice in the interchange.'),
  // Document
  SET_UNKNOWN: entry('document', 'note', '1', '14', 'No table describes this set; it was delivered unread.'),
  RELEASE_NOT_INSTALLED: entry('document', 'note', '1', '14', 'No table of this release; the nearest one was used.'),
  FINDINGS_CUT: entry('document', 'note', undefined, undefined, 'There are more findings than are kept.'),
  SET_TYPE_INVALID: entry('document', R, '6', '12', 'The header of the document names no set.'),
  SET_GUIDE_DIFFERS: entry('document', E, '19', undefined, 'Document and group name different guides.'),
  SET_NOT_IN_GROUP: entry('document', R, '18', undefined, 'The set does not belong in a group of this code.'),
  SET_TRAILER_MISSING: entry('document', R, '2', '13', 'The document has no trailer.'),
  SET_CONTROL_DIFFERS: entry(
    'document',
    R,
    '3',
    '28',
    'Header and trailer of the document carry different control numbers.',
  ),
  SET_CONTROL_INVALID: entry('document', E, '7', '12', 'The control number of the document has a wrong form.'),
  SET_CONTROL_REPEATED: entry('document', R, '23', '26', 'The control number occurs twice in the group.'),
  SET_COUNT_WRONG: entry('document', R, '4', '29', 'The document trailer counts other segments than there are.'),
  // Segment
  SEGMENT_UNKNOWN: entry('segment', R, '1', '15', 'No such segment exists in the standard.'),
  SEGMENT_UNEXPECTED: entry('segment', R, '2', '15', 'The segment is not expected here.'),
  SEGMENT_NOT_IN_SET: entry('segment', R, '6', '15', 'The segment does not belong in this set.'),
  SEGMENT_OUT_OF_ORDER: entry('segment', R, '7', '15', 'The segment stands out of sequence.'),
  SEGMENT_MISSING: entry('segment', R, '3', '13', 'A mandatory segment is missing.'),
  SEGMENT_REPEATED: entry('segment', R, '5', '35', 'The segment occurs more often than allowed.'),
  LOOP_REPEATED: entry('segment', R, '4', '36', 'The loop occurs more often than allowed.'),
  HIERARCHY_BROKEN: entry('element', R, '7', '12', 'The numbers of the HL or CPS do not form a tree.'),
  // Element
  ELEMENT_MISSING: entry('element', R, '1', '13', 'A mandatory element is missing.'),
  ELEMENT_RULE_BROKEN: entry('element', E, '2', '48', 'A rule between elements of the segment is broken.'),
  ELEMENT_EXCLUDED: entry('element', E, '10', '48', 'Elements that exclude each other are both there.'),
  ELEMENTS_TOO_MANY: entry('element', E, '3', '16', 'The segment has more elements than the standard gives it.'),
  ELEMENT_TOO_SHORT: entry('element', E, '4', '40', 'The element is shorter than allowed.'),
  ELEMENT_TOO_LONG: entry('element', E, '5', '39', 'The element is longer than allowed.'),
  ELEMENT_CHARACTER: entry('element', R, '6', '37', 'The element holds a character its type does not allow.'),
  ELEMENT_DECIMAL: entry('element', E, '6', '38', 'A digit is missing beside the decimal mark.'),
  ELEMENT_CODE: entry('element', E, '7', '12', 'The code is not in the list.'),
  ELEMENT_DATE: entry('element', R, '8', '12', 'This is no date.'),
  ELEMENT_TIME: entry('element', R, '9', '12', 'This is no time.'),
  ELEMENT_REPEATED: entry('element', E, '12', '35', 'The element repeats more often than allowed.'),
  COMPONENTS_TOO_MANY: entry('element', E, '13', '16', 'The composite has more components than the standard gives it.'),
  TRAILING_SEPARATORS: entry(
    'element',
    'note',
    undefined,
    '45',
    'Separators stand at the end of the segment with nothing behind them.',
  ),
  // Documents of other formats
  FORMAT_TOO_LARGE: entry('document', R, undefined, undefined, 'The document is larger than is read.'),
  FORMAT_TOO_DEEP: entry('document', R, undefined, undefined, 'The document nests deeper than is read.'),
  FORMAT_TOO_MANY: entry('document', R, undefined, undefined, 'The document has more parts than are read.'),
  FORMAT_ENCODING: entry('document', R, undefined, undefined, 'The bytes are not in the encoding of the document.'),
  FORMAT_CHARACTER: entry('document', R, undefined, undefined, 'A character stands here that no text may hold.'),
  FORMAT_SYNTAX: entry('document', R, undefined, undefined, 'The text breaks the rules of its format.'),
  FORMAT_TRUNCATED: entry('document', R, undefined, undefined, 'The file ends before the document does.'),
  FORMAT_DOCTYPE: entry('document', R, undefined, undefined, 'The XML has a document type, which is never read.'),
  FORMAT_ENTITY: entry('document', R, undefined, undefined, 'The reference stands for no character.'),
  FORMAT_NAME_REPEATED: entry('document', R, undefined, undefined, 'A name stands twice where it may stand once.'),
  FORMAT_QUOTE: entry('element', E, undefined, undefined, 'A quote stands inside a cell and is not doubled.'),
  FORMAT_RECORD_RAGGED: entry('segment', E, undefined, undefined, 'The record has other cells than there are columns.'),
  FORMAT_RECORD_UNKNOWN: entry('segment', E, undefined, undefined, 'The layout knows no record of this tag.'),
  FORMAT_ROWS_DIFFER: entry('document', R, undefined, undefined, 'Rows of one document say different things of it.'),
  FORMAT_UNKNOWN: entry('document', R, undefined, undefined, 'The file holds no document that the map reads.'),
  FORMAT_RECORD_LENGTH: entry('segment', E, undefined, undefined, 'The record is longer than its layout.'),
  // Agreement: codes of 999 that speak of an implementation; the 997 has others for them
  EXPECT_SEGMENT_MISSING: entry('segment', R, 'I6', '13', 'A segment that the agreement demands is missing.'),
  EXPECT_ELEMENT_MISSING: entry('element', R, 'I9', '13', 'An element that the agreement demands is empty.'),
  EXPECT_CODE: entry('element', R, 'I6', '14', 'The agreement does not use this code.'),
  EXPECT_LENGTH: entry('element', R, '5', '39', 'The value is shorter or longer than agreed.'),
  EXPECT_PATTERN: entry('element', R, 'I12', '12', 'The value has not the form that was agreed.'),
  EXPECT_COUNT: entry('segment', R, 'I8', '13', 'A loop or segment comes less or more often than agreed.'),
  // Map
  MAP_EVENT_TYPE: entry('document', R, '5', '12', 'The document says no purpose or status that the map knows.'),
  MAP_VALUE: entry('element', R, '7', '12', 'The map cannot read this value.'),
  MAP_FIELD_MISSING: entry('document', R, '5', '13', 'A field that the event needs is not in the document.'),
  MAP_WRITE_EVENT: entry('document', R, undefined, undefined, 'The map does not write such an event.'),
  MAP_WRITE_VALUE: entry('element', R, undefined, undefined, 'The map has no text for a value of the event.'),
  MAP_WRITE_CONFLICT: entry('element', R, undefined, undefined, 'Two rules want different texts in one element.'),
  MAP_WRITE_RULE: entry(
    'element',
    R,
    undefined,
    undefined,
    'A field of the event would break a syntax note, or be one too many in its place.',
  ),
  MAP_WRITE_DIFFERS: entry('document', R, undefined, undefined, 'The document would be read as another event.'),
  MAP_WRITE_UNSAID: entry('element', 'note', undefined, undefined, 'No rule of the map writes the field.'),
  DOCUMENT_UNWRITABLE: entry(
    'document',
    R,
    undefined,
    undefined,
    'A value cannot be written with these delimiters or in this charset.',
  ),
  EVENT_SCHEMA: entry('document', R, '5', '12', 'The event would break its schema.'),
} as const satisfies Readonly<Record<string, FindingEntry>>;

export type FindingCode = keyof typeof FINDING_CODES;
