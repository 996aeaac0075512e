import type { Finding, FindingPosition } from '../edi/finding.ts';
import { FINDING_CODES, type FindingCode } from '../edi/finding-codes.ts';
import type { Segments } from '../edi/segments.ts';
import type { Place } from '../util/problem.ts';
import type { ReadFault } from './outcome.ts';

/** Findings of a map name the field, the place in the document and the line of the map. */
export function faultFinding(segments: Segments, fault: ReadFault, field: string, at: Place): Finding {
  const reference = `${segments.tag(fault.segment)}${String(fault.element).padStart(2, '0')}`;
  return {
    ...base('MAP_VALUE', segments, fault.segment, fault.element),
    value: fault.value.slice(0, 99),
    expected: fault.expected,
    text: `"${fault.value.slice(0, 40)}" in ${reference} cannot be read as ${field}: ${fault.expected} is expected.`,
    remedy: `The sender mends ${reference}; or the map is taught the value (${at.file}:${at.line}).`,
  };
}

/** A required field for which the document has nothing. */
export function missingFinding(segments: Segments, segment: number, field: string, at: Place): Finding {
  return {
    ...base('MAP_FIELD_MISSING', segments, Math.max(0, segment), null),
    text: `The event needs ${field} and the document does not say it.`,
    remedy: `The sender fills it in; the rule that reads it is ${at.file}:${at.line}.`,
  };
}

/** No event type: the code is missing or the map does not know it. */
export function eventTypeFinding(segments: Segments, segment: number, fault: ReadFault | null, at: Place): Finding {
  const shown = fault === null ? 'nothing' : `"${fault.value}"`;
  const finding = base('MAP_EVENT_TYPE', segments, fault?.segment ?? Math.max(0, segment), fault?.element ?? null);
  return {
    ...finding,
    ...(fault === null ? {} : { value: fault.value.slice(0, 99), expected: fault.expected }),
    text: `The element that tells what happened says ${shown}, which names no event.`,
    remedy: `The sender mends the code; or the map is taught it (${at.file}:${at.line}).`,
  };
}

function base(
  code: FindingCode,
  segments: Segments,
  segment: number,
  element: number | null,
): Pick<Finding, 'code' | 'severity' | 'path' | 'position' | 'ack'> {
  const entry = FINDING_CODES[code];
  const tag = segments.tag(segment);
  const present = element !== null && element <= segments.elementCount(segment);
  const byte = present ? segments.base + segments.partStart(segment, element) : segments.startOf(segment);
  const position: FindingPosition = { byte, segment: segment + 1, tag, ...(element === null ? {} : { element }) };
  return {
    code,
    severity: entry.severity,
    path: `${tag}${element === null ? '' : String(element).padStart(2, '0')}`,
    position,
    ack: {
      level: entry.level,
      ...('x12' in entry && entry.x12 !== undefined ? { x12: entry.x12 } : {}),
      ...('contrl' in entry && entry.contrl !== undefined ? { contrl: entry.contrl } : {}),
    },
  };
}
