import type { Delimiters } from '../delimiters.ts';
import type { SyntaxNote } from '../dictionary/types.ts';
import type { FindingCode } from '../finding-codes.ts';
import type { Segments } from '../segments.ts';
import { brokenNote, mayBreak, noteTrigger } from './notes.ts';
import { fitsPeriod, type PeriodFormat, periodFormat } from './period.ts';
import { type ElementPlan, MOST_BITS, type SegmentPlan } from './segment-plan.ts';
import { isPlain, isSound } from './sound.ts';
import { byteClasses, type ValueRules, valueFault } from './value.ts';

/** A fault inside a segment. Positions count from 1. */
export interface ElementFault {
  readonly code: FindingCode;
  readonly element: number;
  readonly component?: number;
  readonly repetition?: number;
  /** The bytes at fault in `Segments.bytes`; empty where something is missing. */
  readonly from: number;
  readonly to: number;
  /** What the place asks for; absent beyond the last element of the segment. */
  readonly plan?: ElementPlan;
  readonly note?: SyntaxNote;
  /** Of a broken note: the element it comes from. */
  readonly trigger?: { readonly element: number; readonly elementNumber?: string };
  /** It has so many parts that no sender can mean them. */
  readonly hostile?: true;
  /** How the date, time or period should be written that the segment itself names the format of. */
  readonly period?: PeriodFormat;
}

/** What the elements of an interchange are checked with. */
export interface ElementRules {
  /** Of a value as it stands. */
  readonly strict: ValueRules;
  /** Of a piece that was cut at its separators. */
  readonly loose: ValueRules;
  /** Bytes that are plain (see `ByteClasses`). */
  readonly plain: Uint8Array;
  readonly cutPlain: Uint8Array;
}

/** The rules for the elements of documents with these delimiters. */
export function elementRules(delimiters: Delimiters, shortDates: boolean): ElementRules {
  const { strict, cut, plain, cutPlain } = byteClasses(delimiters);
  const { release } = delimiters;
  return {
    strict: { classes: strict, release, shortDates },
    loose: { classes: cut, release, shortDates },
    plain,
    cutPlain,
  };
}

type Report = (fault: ElementFault) => void;

/** An element with more components or repetitions rejects its document, whatever its table says. */
export const MOST_PARTS = 200;

/** Checks the elements of one segment. Without a fault it makes no text and no objects. */
export function checkElements(
  segments: Segments,
  segment: number,
  plan: SegmentPlan,
  rules: ElementRules,
  report: Report,
): void {
  const { elements } = plan;
  if (elements.length === 0) return;
  const { bytes, marks } = segments;
  const at = segments.marksAt(segment);
  const count = segments.marksAt(segment + 1) - at - 2;
  const { strict, plain } = rules;
  const { classes } = strict;
  const allPlain = isPlain(bytes, (marks[at + 1] ?? 0) + 1, marks[at + count + 1] ?? 0, plain);
  const described = Math.min(count, elements.length);
  let present = 0;
  for (let position = 1; position <= described; position++) {
    const use = elements[position - 1];
    if (use === undefined) break;
    const from = (marks[at + position] ?? 0) + 1;
    const to = marks[at + position + 1] ?? 0;
    if (from !== to) {
      if (position <= MOST_BITS) present |= 1 << position;
      if (use.single && (allPlain || isPlain(bytes, from, to, plain)) && isSound(bytes, from, to, use.form, classes))
        continue;
    }
    if (from === to) {
      if (use.mandatory) report({ code: 'ELEMENT_MISSING', element: position, from, to, plan: use });
    } else if (!use.single) {
      checkParts(segments, position, from, to, use, rules, report);
    } else {
      const code = valueFault(bytes, from, to, use.element, strict);
      if (code === 'ELEMENT_CHARACTER') checkParts(segments, position, from, to, use, rules, report);
      else if (code !== null) report({ code, element: position, from, to, plan: use });
    }
  }
  if (plan.lastMandatory > count) checkAbsent(segments, segment, plan, report);
  if (count > elements.length || (count > 0 && (marks[at + count] ?? 0) + 1 === marks[at + count + 1])) {
    checkEnd(segments, segment, elements.length, report);
  }
  for (let index = 0; index < plan.notes.length; index++) {
    const note = plan.notes[index];
    if (note !== undefined && mayBreak(note, present)) checkNote(segments, segment, note.note, plan, report);
  }
}

/** Elements that must be there and lie behind the last one that is. */
function checkAbsent(segments: Segments, segment: number, plan: SegmentPlan, report: Report): void {
  const count = segments.elementCount(segment);
  const at = segments.partEnd(segment, count);
  for (let position = count + 1; position <= plan.lastMandatory; position++) {
    const use = plan.elements[position - 1];
    if (use?.mandatory === true) report({ code: 'ELEMENT_MISSING', element: position, from: at, to: at, plan: use });
  }
}

/** An element that has, or may have, repetitions and components: cut it, and check each piece. */
function checkParts(
  segments: Segments,
  element: number,
  from: number,
  to: number,
  use: ElementPlan,
  rules: ElementRules,
  report: Report,
): void {
  const { bytes, delimiters } = segments;
  const { release } = delimiters;
  const { loose, cutPlain } = rules;
  const repetitions = pieces(bytes, from, to, delimiters.repetition, release);
  if (repetitions.length > use.repeat) {
    const [surplus, end] = repetitions[use.repeat] ?? [from, to];
    const where = { element, repetition: use.repeat + 1, from: surplus, to: end, plan: use };
    report({ code: 'ELEMENT_REPEATED', ...where, ...hostile(repetitions) });
  }
  const composite = use.components.length > 0;
  const allowed = composite ? use.components : [use];
  repetitions.slice(0, use.repeat).forEach(([start, end], index) => {
    const at = { element, ...(use.repeat > 1 ? { repetition: index + 1 } : {}) };
    const components = pieces(bytes, start, end, delimiters.component, release);
    const surplus = components.slice(allowed.length).findIndex(([a, b]) => b > a);
    const [tooMany] = components.slice(allowed.length + Math.max(0, surplus));
    if (surplus >= 0 && tooMany !== undefined) {
      const component = allowed.length + surplus + 1;
      const where = { ...at, component, from: tooMany[0], to: tooMany[1], plan: use };
      report({ code: 'COMPONENTS_TOO_MANY', ...where, ...hostile(components) });
    }
    const otherList = use.listNames.some((name) => isThere(components[name]));
    allowed.forEach((part, partIndex) => {
      const [a, b] = components[partIndex] ?? [end, end];
      const where = { ...at, ...(composite ? { component: partIndex + 1 } : {}), from: a, to: b, plan: part };
      const sound = a === b || (isPlain(bytes, a, b, cutPlain) && isSound(bytes, a, b, part.form, loose.classes));
      const code = sound ? null : valueFault(bytes, a, b, part.element, loose);
      const elsewhere = code === 'ELEMENT_CODE' && otherList && !use.listNames.includes(partIndex);
      if (code !== null && !elsewhere) report({ code, ...where });
      else if (a === b && composite && part.mandatory) report({ code: 'ELEMENT_MISSING', ...where });
    });
    checkPeriod(bytes, components, use, at, report);
  });
}

function hostile(parts: readonly unknown[]): { readonly hostile?: true } {
  return parts.length > MOST_PARTS ? { hostile: true } : {};
}

function checkPeriod(
  bytes: Buffer,
  components: readonly (readonly [number, number])[],
  { period, components: parts }: ElementPlan,
  at: Pick<ElementFault, 'element' | 'repetition'>,
  report: Report,
): void {
  if (period === null) return;
  const [from, to] = components[period.value] ?? [0, 0];
  const [formatFrom, formatTo] = components[period.format] ?? [0, 0];
  const format = from < to ? periodFormat(bytes, formatFrom, formatTo) : undefined;
  const plan = parts[period.value];
  if (format === undefined || plan === undefined || fitsPeriod(bytes, from, to, format)) return;
  report({ code: 'ELEMENT_DATE', ...at, component: period.value + 1, from, to, plan, period: format });
}

/** Cuts bytes at a separator that is not released. */
function pieces(
  bytes: Buffer,
  from: number,
  to: number,
  separator: number | null,
  release: number | null,
): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  let start = from;
  for (let at = from; separator !== null && at < to; at++) {
    if (bytes[at] === release) at++;
    else if (bytes[at] === separator) {
      found.push([start, at]);
      start = at + 1;
    }
  }
  found.push([start, to]);
  return found;
}

function isThere(piece: readonly [number, number] | undefined): boolean {
  return piece !== undefined && piece[1] > piece[0];
}

/** Elements beyond the last one described, and separators with nothing behind them. */
function checkEnd(segments: Segments, segment: number, described: number, report: Report): void {
  const count = segments.elementCount(segment);
  if (count === 0) return;
  for (let element = described + 1; element <= count; element++) {
    if (!segments.has(segment, element)) continue;
    const from = segments.partStart(segment, element);
    report({ code: 'ELEMENTS_TOO_MANY', element, from, to: segments.partEnd(segment, element) });
    break;
  }
  if (segments.has(segment, count)) return;
  const at = segments.partEnd(segment, count);
  report({ code: 'TRAILING_SEPARATORS', element: count, from: at, to: at });
}

function checkNote(segments: Segments, segment: number, note: SyntaxNote, plan: SegmentPlan, report: Report): void {
  const element = brokenNote(segments, segment, note);
  if (element === 0) return;
  const count = segments.elementCount(segment);
  const code = note.kind === 'E' ? 'ELEMENT_EXCLUDED' : 'ELEMENT_RULE_BROKEN';
  const to = segments.partEnd(segment, Math.min(element, count));
  const from = element > count ? to : segments.partStart(segment, element);
  const use = plan.elements[element - 1];
  const trigger = triggerOf(segments, segment, note, plan);
  report({ code, element, from, to, note, ...(use === undefined ? {} : { plan: use }), ...trigger });
}

function triggerOf(
  segments: Segments,
  segment: number,
  note: SyntaxNote,
  plan: SegmentPlan,
): Pick<ElementFault, 'trigger'> {
  const element = noteTrigger(segments, segment, note);
  if (element === 0) return {};
  const elementNumber = plan.elements[element - 1]?.element.number ?? '';
  return { trigger: { element, ...(/^[0-9]+$/.test(elementNumber) ? { elementNumber } : {}) } };
}
