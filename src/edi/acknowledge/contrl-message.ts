import type { TransactionSet } from '../envelope.ts';
import { accepted, type Finding } from '../finding.ts';
import type { PlainValue } from '../plain-segment.ts';
import { type CopiedElements, copied } from './contrl-copy.ts';
import { ACTION, type ContrlSegment, MESSAGE_TAGS, placeOf, verdictOf } from './contrl-verdict.ts';

/** The answer to one message. */
export interface MessageAnswer {
  readonly rejected: boolean;
  /** 0062 and S009; null where they cannot be copied. */
  readonly reference: readonly string[] | null;
  readonly identifier: readonly string[] | null;
  /** What follows them in the UCM. */
  readonly verdict: readonly PlainValue[];
  /** UCS, each with its UCD. */
  readonly notes: readonly ContrlSegment[];
}

/** So many UCS may follow a UCM, and so many UCD a UCS. */
const MAX_SEGMENTS = 999;
const MAX_ELEMENTS = 99;

/** What is said of a message with these findings; without `detail` nothing of its segments. */
export function answerMessage(
  { segments }: TransactionSet,
  findings: readonly Finding[],
  elements: CopiedElements,
  occurrences: boolean,
  detail: boolean,
): MessageAnswer {
  const own = findings.filter((finding) => !isInside(finding));
  const inside = findings.filter(isInside);
  const rejected = !accepted(findings);
  const [action, ...rest] = verdictOf(own, MESSAGE_TAGS, occurrences);
  return {
    rejected,
    reference: copied(segments, 1, elements.reference),
    identifier: copied(segments, 2, elements.identifier),
    verdict: rejected ? [ACTION.rejected, ...rest] : [action ?? ACTION.accepted],
    notes: rejected && detail ? segmentNotes(inside, occurrences) : [],
  };
}

/** True for a finding about a segment or element that CONTRL can point at. */
function isInside({ ack, position }: Finding): boolean {
  return (ack?.level === 'segment' || ack?.level === 'element') && position.segment !== undefined;
}

interface SegmentNote {
  readonly segment: ContrlSegment;
  readonly elements: ContrlSegment[];
}

/** One UCS for each place and kind of fault, in the order of the segments. */
function segmentNotes(findings: readonly Finding[], occurrences: boolean): readonly ContrlSegment[] {
  const notes = new Map<string, SegmentNote>();
  for (const finding of findings.toSorted((a, b) => segmentOf(a) - segmentOf(b))) {
    const code = finding.ack?.contrl;
    if (code === undefined || finding.severity === 'note') continue;
    const place = finding.ack?.level === 'element' ? placeOf(finding, occurrences) : null;
    const segment = String(segmentOf(finding));
    const key = place === null ? `${segment} ${code}` : segment;
    const note = notes.get(key) ?? { segment: ['UCS', segment, place === null ? code : ''], elements: [] };
    notes.set(key, note);
    if (place !== null && note.elements.length < MAX_ELEMENTS) note.elements.push(['UCD', code, place]);
  }
  return [...notes.values()].slice(0, MAX_SEGMENTS).flatMap(({ segment, elements }) => [segment, ...elements]);
}

/** Position of the segment; of a missing one that of the last segment before the gap. */
function segmentOf({ code, position }: Finding): number {
  return (position.segment ?? 1) - (code === 'SEGMENT_MISSING' ? 1 : 0);
}
