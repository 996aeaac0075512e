import { delimiterText } from '../delimiters.ts';
import type { Dictionary } from '../dictionary/types.ts';
import type { Finding } from '../finding.ts';
import type { FindingCode } from '../finding-codes.ts';
import { finding } from '../findings.ts';
import { HIERARCHY_DEPTH, type HierarchyFault } from '../hierarchy.ts';
import type { Segments } from '../segments.ts';
import type { StructureFault } from '../structure.ts';
import { elementPosition } from './control.ts';
import type { ElementFault } from './elements.ts';
import { noteText } from './notes.ts';
import type { Paths } from './paths.ts';

/** The finding of a segment that is not where the set wants it. */
export function structureFinding(
  segments: Segments,
  fault: StructureFault,
  paths: Paths,
  dictionary: Dictionary,
): Finding {
  const { segment, tag } = fault;
  const missing = fault.code === 'SEGMENT_MISSING';
  const code = fault.code === 'SEGMENT_NOT_IN_SET' && !dictionary.segment(tag) ? 'SEGMENT_UNKNOWN' : fault.code;
  const nested = code === 'SEGMENT_UNKNOWN' && isNested(segments, segment);
  if (fault.hierarchy !== undefined) return hierarchyFinding(segments, segment, fault.hierarchy, paths);
  const byte = segment < segments.count ? segments.startOf(segment) : segments.endOf(segments.count - 1);
  return finding(code, {
    path: missing ? paths.ofMissing(fault.instance, tag) : paths.ofSegment(segment, tag),
    position: { byte, segment: segment + 1, tag },
    expected: fault.max === undefined ? undefined : `at most ${fault.max}`,
    text: nested ? `Segment ${tag} says in its tag where it belongs, which is not read.` : structureText(code, fault),
    contrl: nested ? NESTING : undefined,
  });
}

/** DE 0085: the tag carries the numbers of its groups, as the syntax allowed where two partners agreed on it. */
const NESTING = '34';

function isNested(segments: Segments, segment: number): boolean {
  const component = delimiterText(segments.delimiters.component);
  return segments.delimiters.release !== null && component !== null && segments.tag(segment).includes(component);
}

/** HL01 or HL02 (the first two of a CPS), by what is wrong. */
function hierarchyFinding(segments: Segments, segment: number, fault: HierarchyFault, paths: Paths): Finding {
  const tag = segments.tag(segment);
  const element = fault === 'number-repeated' ? 1 : 2;
  return finding('HIERARCHY_BROKEN', {
    path: `${paths.ofSegment(segment, tag)}/${twoDigits(element)}`,
    position: elementPosition(segments, segment, element),
    value: segments.text(segment, element),
    expected: HIERARCHY_EXPECTED[fault],
    text: HIERARCHY_TEXTS[fault](tag),
    elementNumber: (tag === 'HL' ? HL_NUMBERS : CPS_NUMBERS)[element - 1],
  });
}

/** Data elements of HL01 and HL02, and of the first two of a CPS. */
const HL_NUMBERS: readonly string[] = ['628', '734'];
const CPS_NUMBERS: readonly string[] = ['7164', '7166'];

const HIERARCHY_EXPECTED: Readonly<Record<HierarchyFault, string>> = {
  'number-repeated': 'a number that no other of the document has',
  'parent-unknown': 'the number of one before',
  'too-deep': `at most ${HIERARCHY_DEPTH} levels`,
};

function structureText(code: FindingCode, { tag, segment, max }: StructureFault): string | undefined {
  switch (code) {
    case 'SEGMENT_UNKNOWN':
      return `"${tag}" is no segment of the standard.`;
    case 'SEGMENT_NOT_IN_SET':
      return `Segment ${tag} does not belong in this set.`;
    case 'SEGMENT_UNEXPECTED':
      return `Segment ${tag} cannot stand here: no loop that takes it is open.`;
    case 'SEGMENT_OUT_OF_ORDER':
      return `Segment ${tag} comes too late; others that follow it were there before.`;
    case 'SEGMENT_MISSING':
      return `The mandatory segment ${tag} is missing; it should be segment ${segment + 1}.`;
    case 'SEGMENT_REPEATED':
      return `Segment ${tag} occurs ${moreThan(max)} here.`;
    case 'LOOP_REPEATED':
      return `The loop of ${tag} occurs ${moreThan(max)} here.`;
    default:
      return undefined;
  }
}

function moreThan(max = 1): string {
  return max === 1 ? 'more than once' : `more than ${max} times`;
}

const HIERARCHY_TEXTS: Readonly<Record<HierarchyFault, (tag: string) => string>> = {
  'number-repeated': (tag) => `The number of this ${tag} was used before.`,
  'parent-unknown': (tag) => `The parent of this ${tag} is no ${tag} before it.`,
  'too-deep': (tag) => `${tag}s are nested more than ${HIERARCHY_DEPTH} levels deep here.`,
};

/** The finding of a fault inside a segment. */
export function elementFinding(segments: Segments, segment: number, fault: ElementFault, segmentPath: string): Finding {
  const tag = segments.tag(segment);
  const { element, component, repetition, from, to, plan } = fault;
  const place = twoDigits(element) + (component === undefined ? '' : `-${component}`);
  return finding(fault.code, {
    path: `${segmentPath}/${place}`,
    position: {
      byte: segments.base + from,
      segment: segment + 1,
      tag,
      element,
      ...(component === undefined ? {} : { component }),
      ...(repetition === undefined ? {} : { repetition }),
    },
    value: from < to ? segments.textOf(from, to) : undefined,
    expected: expectation(fault),
    severity: fault.hostile === true ? 'rejected' : undefined,
    text: `${tag}${place}: ${elementText(fault)}`,
    elementNumber: plan?.element.number,
    contrl: contrlOf(segments, fault),
    trigger: fault.trigger,
  });
}

/** DE 0085: no character of the set, while the default says that it is none of the element's type. */
const CHARACTER_INVALID = '21';
/** DE 0085: no digit behind the decimal mark, while the default says that none is before it. */
const DECIMAL_INVALID = '19';

function contrlOf(segments: Segments, fault: ElementFault): string | undefined {
  if (holdsNoText(fault)) return CHARACTER_INVALID;
  if (fault.code !== 'ELEMENT_DECIMAL') return undefined;
  return /[0-9]$/.test(segments.textOf(fault.from, fault.to)) ? undefined : DECIMAL_INVALID;
}

function holdsNoText({ code, plan }: ElementFault): boolean {
  return code === 'ELEMENT_CHARACTER' && (plan?.element.type === 'AN' || plan?.element.type === 'ID');
}

function elementText({ code, plan, note }: ElementFault): string {
  const number = plan === undefined ? '' : ` (element ${plan.element.number})`;
  const text = note?.kind === 'R' ? 'none of several elements is there' : (ELEMENT_TEXTS[code] ?? 'this is wrong');
  return `${text}${number}.`;
}

const ELEMENT_TEXTS: Readonly<Partial<Record<FindingCode, string>>> = {
  ELEMENT_MISSING: 'a mandatory element is missing',
  ELEMENT_RULE_BROKEN: 'an element is missing beside others',
  ELEMENT_EXCLUDED: 'this element excludes another that is there',
  ELEMENTS_TOO_MANY: 'the segment has no such element',
  ELEMENT_TOO_SHORT: 'the value is too short',
  ELEMENT_TOO_LONG: 'the value is too long',
  ELEMENT_CHARACTER: 'the value holds a character its type does not allow',
  ELEMENT_DECIMAL: 'a digit is missing beside the decimal mark',
  ELEMENT_CODE: 'the code is not in the list',
  ELEMENT_DATE: 'the value is no date',
  ELEMENT_TIME: 'the value is no time',
  ELEMENT_REPEATED: 'the element repeats too often',
  COMPONENTS_TOO_MANY: 'the element has more components than it should',
  TRAILING_SEPARATORS: 'separators stand at the end with nothing behind them',
};

function expectation({ code, plan, note, period }: ElementFault): string | undefined {
  if (period !== undefined) return period.shape;
  if (note !== undefined) return noteText(note);
  if (plan === undefined) return undefined;
  const { min, max, type, codes } = plan.element;
  switch (code) {
    case 'ELEMENT_TOO_SHORT':
    case 'ELEMENT_TOO_LONG':
      return min === max ? `${min} characters` : `${min} to ${max} characters`;
    case 'ELEMENT_CODE':
      return [...(codes ?? [])].slice(0, 20).join(' ');
    case 'ELEMENT_DATE':
      return max >= 8 ? 'a day as CCYYMMDD' : 'a day as YYMMDD';
    case 'ELEMENT_TIME':
      return 'a time of day as HHMM or HHMMSS';
    case 'ELEMENT_CHARACTER':
      if (type === 'A') return 'text without digits';
      if (type === 'N') return 'digits, with a leading minus at most';
      return type === 'R' ? 'a number with a decimal point and a leading minus at most' : 'printable characters';
    case 'ELEMENT_DECIMAL':
      return 'digits on both sides of the decimal mark';
    case 'ELEMENT_REPEATED':
      return `at most ${plan.repeat}`;
    case 'COMPONENTS_TOO_MANY':
      return plan.components.length === 0 ? 'one value' : `at most ${plan.components.length} components`;
    default:
      return undefined;
  }
}

function twoDigits(element: number): string {
  return String(element).padStart(2, '0');
}
