import { pathsOf } from '../edi/check/paths.ts';
import type { Finding, FindingPosition } from '../edi/finding.ts';
import type { FindingCode } from '../edi/finding-codes.ts';
import { finding } from '../edi/findings.ts';
import type { Segments } from '../edi/segments.ts';
import type { Structure } from '../edi/structure-types.ts';
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

/** An event for which the document says nothing at all. */
export function emptyFinding(segments: Segments, segment: number, at: Place): Finding {
  return {
    ...base('MAP_FIELD_MISSING', segments, Math.max(0, segment), null),
    text: 'The document says nothing that the map reads.',
    remedy: `The sender fills it in; or the map is taught where it stands (${at.file}:${at.line}).`,
  };
}

/** The code that tells what happened is one that the map does not know. */
export function eventTypeFinding(segments: Segments, fault: ReadFault, at: Place): Finding {
  const reference = `${segments.tag(fault.segment)}${String(fault.element).padStart(2, '0')}`;
  return {
    ...base('MAP_EVENT_TYPE', segments, fault.segment, fault.element),
    value: fault.value.slice(0, 99),
    expected: fault.expected,
    text: `"${fault.value.slice(0, 40)}" in ${reference} names no event: ${fault.expected} is expected.`,
    remedy: `The sender mends the code; or the map is taught it (${at.file}:${at.line}).`,
  };
}

/** What tells an event is not there: `wanted` names the element of the code, or the segments that make events. */
export function noEventFinding(segments: Segments, segment: number, wanted: string, at: Place): Finding {
  return {
    ...base('MAP_EVENT_TYPE', segments, Math.max(0, segment), null),
    text: `There is no ${wanted}, so nothing tells what happened.`,
    remedy: `The sender fills it in; or the map is taught another way (${at.file}:${at.line}).`,
  };
}

/** The same findings with their paths as checking writes them: `214/LX[1]/AT7[2]/05`. */
export function withPaths(findings: readonly Finding[], structure: Structure): readonly Finding[] {
  const paths = pathsOf(structure);
  return findings.map((found) => {
    const { segment = 1, tag = '', element } = found.position;
    const place = paths.ofSegment(segment - 1, tag);
    const path = element === undefined ? place : `${place}/${String(element).padStart(2, '0')}`;
    return { ...found, path };
  });
}

function base(code: FindingCode, segments: Segments, segment: number, element: number | null): Finding {
  const tag = segments.tag(segment);
  const present = element !== null && element <= segments.elementCount(segment);
  const byte = present ? segments.base + segments.partStart(segment, element) : segments.startOf(segment);
  const position: FindingPosition = { byte, segment: segment + 1, tag, ...(element === null ? {} : { element }) };
  return finding(code, { path: `${tag}${element === null ? '' : String(element).padStart(2, '0')}`, position });
}
