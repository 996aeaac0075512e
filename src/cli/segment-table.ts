import type {
  Dictionary,
  ElementDefinition,
  ElementUse,
  SegmentDefinition,
  SyntaxNote,
} from '../edi/dictionary/types.ts';
import type { Standard } from '../edi/envelope.ts';
import { table } from './output.ts';

/** Codes that fit into a column beside their element. */
const CODES_BESIDE = 10;
/** Codes on a line of their own. */
const CODES_A_LINE = 16;

/** A segment for people: its elements in order, the components of composites below theirs, then its syntax notes. */
export function segmentLines({ standard, release }: Dictionary, segment: SegmentDefinition): readonly string[] {
  const heading = `${segment.tag}, ${standard} ${release}`;
  if (segment.elements.length === 0) return [heading, 'These tables know its place; its elements are not checked.'];
  const rows = segment.elements.flatMap((use) => [
    rowOf(standard, use, positionText(use.position)),
    ...use.components.map((part) => rowOf(standard, part, `${positionText(use.position)}-${part.position}`)),
  ]);
  return [heading, table(rows), ...segment.notes.map(noteLine)];
}

function rowOf(standard: Standard, use: ElementUse, place: string): readonly string[] {
  const { element, requirement, repeat, components } = use;
  const optional = standard === 'x12' ? requirement : requirement.replace('O', 'C');
  const format = components.length > 0 ? '' : formatOf(standard, element);
  return [place, element.number, optional, String(repeat), format, codesBeside(element)];
}

function codesBeside({ codes }: ElementDefinition): string {
  if (codes === undefined) return '';
  return codes.size <= CODES_BESIDE ? [...codes].join(' ') : `${codes.size} codes`;
}

/** An element for people: its format, then its codes where the tables have them. */
export function elementLines({ standard, release }: Dictionary, element: ElementDefinition): readonly string[] {
  const heading = `${element.number}, ${standard} ${release}`;
  const format = formatOf(standard, element);
  if (element.codes === undefined) return [heading, `${format}, any value of this form`];
  const codes = [...element.codes];
  const lines: string[] = [];
  for (let from = 0; from < codes.length; from += CODES_A_LINE) {
    lines.push(codes.slice(from, from + CODES_A_LINE).join(' '));
  }
  return [heading, `${format}, one of ${codes.length} codes`, ...lines];
}

/** `AN 1/30` and `N2 1/15` in X12, `an..35` and `n6` in EDIFACT, whose coded elements are of text. */
function formatOf(standard: Standard, { type, decimals, min, max }: ElementDefinition): string {
  if (standard === 'x12') return `${type === 'N' ? `N${decimals}` : type} ${min}/${max}`;
  const kind = type === 'R' ? 'n' : type === 'A' ? 'a' : 'an';
  return `${kind}${min === max ? '' : '..'}${max}`;
}

function noteLine(note: SyntaxNote): string {
  const [first = '', ...rest] = note.positions.map(positionText);
  const all = [first, ...rest];
  const meaning = {
    P: `${all.join(', ')} stand together or not at all`,
    R: `at least one of ${all.join(', ')}`,
    E: `at most one of ${all.join(', ')}`,
    C: `${first} needs ${rest.join(', ')}`,
    L: `${first} needs one of ${rest.join(', ')}`,
  }[note.kind];
  return `${note.kind}${all.join('')}  ${meaning}`;
}

function positionText(position: number): string {
  return String(position).padStart(2, '0');
}

/** A segment as JSON. */
export function segmentJson({ tag, elements, notes }: SegmentDefinition): Readonly<Record<string, unknown>> {
  return { segment: tag, elements: elements.map(useJson), notes };
}

function useJson({
  position,
  requirement,
  repeat,
  element,
  components,
}: ElementUse): Readonly<Record<string, unknown>> {
  const use = { position, requirement, repeat };
  if (components.length > 0) return { ...use, element: element.number, components: components.map(useJson) };
  return { ...use, ...elementJson(element) };
}

/** An element as JSON; `codes` is null where the tables have none. */
export function elementJson(element: ElementDefinition): Readonly<Record<string, unknown>> {
  const { number, type, decimals, min, max, codes } = element;
  return { element: number, type, decimals, min, max, codes: codes === undefined ? null : [...codes] };
}
