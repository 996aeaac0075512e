import type { Paths } from '../../edi/check/paths.ts';
import type { ElementUse } from '../../edi/dictionary/types.ts';
import type { Finding, FindingPosition } from '../../edi/finding.ts';
import type { FindingCode } from '../../edi/finding-codes.ts';
import { finding } from '../../edi/findings.ts';
import type { Segments } from '../../edi/segments.ts';
import type { Frame, TextPlace } from '../frame.ts';
import { PATTERNS, type PatternName } from './patterns.ts';
import type { Expectation, Range } from './types.ts';

/** The document that findings speak of; paths are made when there is something to say. */
export interface Told {
  readonly segments: Segments;
  readonly paths: () => Paths;
}

/** A segment that the agreement demands is not there: it should have stood at the end of the loop's own segments. */
export function segmentMissing(told: Told, frame: Frame, expectation: Expectation, tag: string): Finding {
  return finding('EXPECT_SEGMENT_MISSING', {
    path: told.paths().ofMissing(frame.instance, tag),
    position: placeIn(told.segments, frame, tag),
    severity: expectation.severity,
    text: `The agreement demands ${referenceOf(expectation)}, and there is no such ${tag}.`,
    remedy: senderFills(expectation),
  });
}

/** The segment is there, and the element that the agreement demands is empty. */
export function elementMissing(
  told: Told,
  place: TextPlace,
  expectation: Expectation,
  use: ElementUse | undefined,
): Finding {
  return finding('EXPECT_ELEMENT_MISSING', {
    path: pathOf(told, place),
    position: positionOf(told.segments, place),
    severity: expectation.severity,
    text: `The agreement demands ${referenceOf(expectation)}, and it is empty.`,
    remedy: senderFills(expectation),
    elementNumber: use?.element.number,
  });
}

export function codeFinding(
  told: Told,
  place: TextPlace,
  value: string,
  expectation: Expectation,
  codes: readonly string[],
  elementNumber: string | undefined,
): Finding {
  const expected = codes.join(', ');
  const text = `The agreement allows only ${expected} in ${referenceOf(expectation)}.`;
  return valueFinding('EXPECT_CODE', told, place, value, expectation, { expected, text, elementNumber });
}

export function lengthFinding(
  told: Told,
  place: TextPlace,
  value: string,
  expectation: Expectation,
  { least, most }: Range,
  elementNumber: string | undefined,
): Finding {
  const short = value.length < least;
  const expected =
    least === most
      ? `${least} characters`
      : `${least} to ${most === Number.POSITIVE_INFINITY ? 'any number of' : most} characters`;
  const text = `The agreement wants ${expected} in ${referenceOf(expectation)}; these are ${value.length}.`;
  const codes = short ? { x12: '4', contrl: '40' } : { x12: '5', contrl: '39' };
  return valueFinding('EXPECT_LENGTH', told, place, value, expectation, {
    expected,
    text,
    elementNumber,
    ...codes,
  });
}

export function patternFinding(
  told: Told,
  place: TextPlace,
  value: string,
  expectation: Expectation,
  pattern: PatternName,
  elementNumber: string | undefined,
): Finding {
  const expected = PATTERNS[pattern].says;
  const text = `The agreement wants ${expected} in ${referenceOf(expectation)}.`;
  return valueFinding('EXPECT_PATTERN', told, place, value, expectation, { expected, text, elementNumber });
}

/** A loop or segment comes too seldom or too often. `at` is the first one too many; null where some are missing. */
export function countFinding(
  told: Told,
  frame: Frame,
  expectation: Extract<Expectation, { kind: 'count' }>,
  {
    name,
    isLoop,
    count,
    at,
  }: { readonly name: string; readonly isLoop: boolean; readonly count: number; readonly at: number | null },
): Finding {
  const { least, most } = expectation.count;
  const wanted =
    least === most ? `${least}` : most === Number.POSITIVE_INFINITY ? `${least} or more` : `${least} to ${most}`;
  const few = at === null;
  const codes = few
    ? { x12: isLoop ? 'I7' : 'I8', contrl: '13' }
    : { x12: isLoop ? '4' : '5', contrl: isLoop ? '36' : '35' };
  return finding('EXPECT_COUNT', {
    path: few ? told.paths().ofMissing(frame.instance, name) : told.paths().ofSegment(at, name),
    position: few ? placeIn(told.segments, frame, name) : segmentPosition(told.segments, at),
    severity: expectation.severity,
    expected: wanted,
    text: `The agreement wants ${wanted} of ${expectation.of.value.text} here; there ${count === 1 ? 'is' : 'are'} ${count}.`,
    remedy: few ? senderFills(expectation) : `The partner sends no more than was agreed (${placeText(expectation)}).`,
    ...codes,
  });
}

function valueFinding(
  code: FindingCode,
  told: Told,
  place: TextPlace,
  value: string,
  expectation: Expectation,
  details: {
    readonly expected: string;
    readonly text: string;
    readonly elementNumber: string | undefined;
    readonly x12?: string;
    readonly contrl?: string;
  },
): Finding {
  const remedy = `The partner keeps to the agreement, or it is changed (${placeText(expectation)}).`;
  return finding(code, {
    path: pathOf(told, place),
    position: positionOf(told.segments, place),
    severity: expectation.severity,
    value,
    remedy,
    ...details,
  });
}

function referenceOf(expectation: Expectation): string {
  const reference = expectation.kind === 'element' ? expectation.reference.value.text : expectation.of.value.text;
  return expectation.each === null ? reference : `${reference} in each ${expectation.each.value.text}`;
}

function senderFills(expectation: Expectation): string {
  return `The partner fills it in, as agreed (${placeText(expectation)}).`;
}

function placeText({ at }: Expectation): string {
  return `${at.file}:${at.line}`;
}

function pathOf({ segments, paths }: Told, { segment, element, component }: TextPlace): string {
  const place = `${paths().ofSegment(segment, segments.tag(segment))}/${String(element).padStart(2, '0')}`;
  return component === null ? place : `${place}-${component}`;
}

function positionOf(segments: Segments, { segment, element, component }: TextPlace): FindingPosition {
  const there = element <= segments.elementCount(segment);
  const byte = there ? segments.base + segments.partStart(segment, element) : segments.startOf(segment);
  return {
    byte,
    segment: segment + 1,
    tag: segments.tag(segment),
    element,
    ...(component === null ? {} : { component }),
  };
}

function segmentPosition(segments: Segments, segment: number): FindingPosition {
  return { byte: segments.startOf(segment), segment: segment + 1, tag: segments.tag(segment) };
}

/** Behind the last segment of the loop itself. */
function placeIn(segments: Segments, { instance, segment }: Frame, tag: string): FindingPosition {
  const last = instance.segments.at(-1) ?? Math.max(0, segment);
  const next = Math.min(last + 1, segments.count - 1);
  return { byte: segments.startOf(next), segment: next + 1, tag };
}
