import type { TransactionSet } from '../envelope.ts';
import { type Finding, worst } from '../finding.ts';
import type { PlainSegment } from '../plain-segment.ts';
import { codeOf, type Status, statusOf, verdictCodes } from './codes.ts';
import type { Copy } from './copy.ts';
import type { Shape } from './shape.ts';

/** The answer to one document. */
export interface DocumentAnswer {
  readonly status: Status;
  /** AK2. */
  readonly header: PlainSegment;
  /** AK3, each with its AK4. */
  readonly notes: readonly PlainSegment[];
  /** AK5. */
  readonly verdict: PlainSegment;
}

/** AK304 when the fault is in an element. */
const ELEMENTS_IN_ERROR = '8';
/** AK403 of an invalid character, whose bad data must not be copied. */
const INVALID_CHARACTER = '6';
const SITUATIONAL = 'SITUATIONAL TRIGGER';
/** So many AK4 may follow an AK3. */
const MAX_ELEMENT_NOTES = 99;
/** DE 722 has two digits. */
const LAST_ELEMENT = 99;

/** AK2 to AK5 for a document with these findings. */
export function answerDocument(
  { type, controlNumber, segments }: TransactionSet,
  findings: readonly Finding[],
  shape: Shape,
  copy: Copy,
): DocumentAnswer {
  const status = statusOf(worst(findings));
  const names = [type, controlNumber, ...(shape.detailed ? [segments.text(0, 3)] : [])];
  return {
    status,
    header: ['AK2', ...names.map(copy.text)],
    notes: segmentNotes(findings, shape, copy),
    verdict: [shape.tags.verdict, status, ...verdictCodes(findings, shape)],
  };
}

interface SegmentNote {
  readonly segment: PlainSegment;
  /** AK4, or IK4 with its CTX. */
  readonly elements: PlainSegment[];
  /** How many AK4 or IK4. */
  count: number;
}

/** One AK3 for each segment and kind of fault, in the order of the segments. */
function segmentNotes(findings: readonly Finding[], shape: Shape, copy: Copy): readonly PlainSegment[] {
  const notes = new Map<string, SegmentNote>();
  const inOrder = findings.toSorted((a, b) => (a.position.segment ?? 0) - (b.position.segment ?? 0));
  for (const finding of inOrder) {
    const code = codeOf(finding, shape);
    const { segment, tag } = finding.position;
    const level = finding.ack?.level;
    if (finding.severity === 'note' || segment === undefined || tag === undefined) continue;
    if (level !== 'segment' && level !== 'element') continue;
    const fault = (level === 'segment' ? code : undefined) ?? ELEMENTS_IN_ERROR;
    const key = `${segment} ${fault} ${tag}`;
    const note: SegmentNote = notes.get(key) ?? {
      segment: [shape.tags.segment, segmentId(tag, copy), String(segment), '', fault],
      elements: [],
      count: 0,
    };
    notes.set(key, note);
    if (level === 'element' && code !== undefined && note.count < MAX_ELEMENT_NOTES) {
      const told = elementNote(finding, code, shape, copy);
      if (told.length > 0) note.count++;
      note.elements.push(...told);
    }
  }
  return [...notes.values()].flatMap(({ segment, elements }) => [segment, ...elements]);
}

/** AK301 has two or three characters, also where the segment has another name. */
function segmentId(tag: string, copy: Copy): string {
  return copy.text(tag).slice(0, 3).padEnd(2, '0');
}

/** AK4; none when the finding does not say which element, or one whose position has no room. */
function elementNote(finding: Finding, code: string, shape: Shape, copy: Copy): readonly PlainSegment[] {
  const { element, component, repetition } = finding.position;
  if (element === undefined || element > LAST_ELEMENT) return [];
  const place = [element, component, ...(shape.detailed ? [repetition] : [])];
  const number = finding.ack?.elementNumber ?? '';
  const bad = code === INVALID_CHARACTER ? undefined : copy.value(finding.value);
  return [
    [
      shape.tags.element,
      place.map((position) => (position === undefined ? '' : String(position))),
      /^\d+$/.test(number) ? number : '',
      code,
      bad ?? '',
    ],
    ...(shape.type === '999' ? triggerNote(finding) : []),
  ];
}

/** CTX: which element of the segment the rule comes from that this one breaks. */
function triggerNote({ position, ack }: Finding): readonly PlainSegment[] {
  const { segment, tag } = position;
  const trigger = ack?.trigger;
  if (trigger === undefined || segment === undefined || tag === undefined) return [];
  const number = trigger.elementNumber ?? '';
  return [['CTX', [SITUATIONAL], tag.slice(0, 3), String(segment), '', [String(trigger.element)], number]];
}
