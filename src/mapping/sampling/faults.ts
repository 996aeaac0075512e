import type { Dictionary, SetDefinition } from '../../edi/dictionary/types.ts';
import type { FindingCode } from '../../edi/finding-codes.ts';
import { type SegmentTexts, segmentsOf, textOf, type ValuePlace, valuesOf, withElement } from './document-text.ts';

/** A document to be spoiled, and where its parts stand. */
interface Spoilable {
  readonly segments: SegmentTexts;
  /** Places of ST or UNH, and of SE or UNT. */
  readonly header: number;
  readonly trailer: number;
  readonly set: SetDefinition;
  readonly values: readonly ValuePlace[];
}

interface FaultEntry {
  /** The finding that the document deserves. */
  readonly code: FindingCode;
  /** What is wrong with the document, after "with". */
  readonly title: string;
  /** Null where the document has nothing of that kind. */
  readonly spoil: (document: Spoilable) => SegmentTexts | null;
}

/** The faults that a made-up document can be given. */
export const FAULTS = {
  'segment-count': {
    code: 'SET_COUNT_WRONG',
    title: 'a trailer that counts one segment too many',
    spoil: ({ segments, trailer }) => counted(segments, trailer, 1, 1),
  },
  'control-number': {
    code: 'SET_CONTROL_DIFFERS',
    title: 'another control number in the trailer of the document than in its header',
    spoil: ({ segments, trailer }) => counted(segments, trailer, 2, 7),
  },
  'interchange-control-number': {
    code: 'INTERCHANGE_CONTROL_DIFFERS',
    title: 'another control number in the trailer of the interchange than in its header',
    spoil: ({ segments }) => counted(segments, segments.length - 1, 2, 7),
  },
  'interchange-count': {
    code: 'INTERCHANGE_COUNT_WRONG',
    title: 'an interchange trailer that counts one too many',
    spoil: ({ segments }) => counted(segments, segments.length - 1, 1, 1),
  },
  'missing-segment': {
    code: 'SEGMENT_MISSING',
    title: 'a mandatory segment that is not there',
    spoil: (document) => {
      const tags = document.set.root.children.slice(1).filter(({ requirement }) => requirement === 'M');
      const wanted = tags.flatMap((node) => (node.kind === 'segment' ? [node.tag] : []));
      const at = document.segments.findIndex(([tag = ''], index) => index > document.header && wanted.includes(tag));
      return at < 0 || at >= document.trailer ? null : spliced(document, at, 1);
    },
  },
  'unknown-segment': {
    code: 'SEGMENT_UNKNOWN',
    title: 'a segment that no table knows',
    spoil: (document) => spliced(document, document.header + 2, 0, ['ZZZ', '1']),
  },
  'missing-element': {
    code: 'ELEMENT_MISSING',
    title: 'a mandatory element that is empty',
    spoil: ({ segments, values }) => {
      const place = values.find(
        ({ use, segment, position }) =>
          use.requirement === 'M' && (segments[segment] ?? []).some((text, at) => at > position && text !== ''),
      );
      return place === undefined ? null : withElement(segments, place.segment, place.position, '');
    },
  },
  'too-many-elements': {
    code: 'ELEMENTS_TOO_MANY',
    title: 'an element more than the segment has',
    spoil: ({ segments, values: [first] }) =>
      first === undefined ? null : withElement(segments, first.segment, first.elements + 1, 'X'),
  },
  'too-long': {
    code: 'ELEMENT_TOO_LONG',
    title: 'a text that is longer than its element',
    spoil: (document) =>
      replaced(document, ({ definition: { type, max, codes } }) =>
        type === 'AN' && codes === undefined ? 'X'.repeat(max + 1) : null,
      ),
  },
  'bad-code': {
    code: 'ELEMENT_CODE',
    title: 'a code that its list does not have',
    spoil: (document) => replaced(document, ({ definition: { codes, min } }) => strangeCode(codes, min)),
  },
  'bad-date': {
    code: 'ELEMENT_DATE',
    title: 'a date that no calendar has',
    spoil: (document) =>
      replaced(document, ({ definition: { type }, value }) => (type === 'DT' ? `${value.slice(0, -4)}1345` : null)),
  },
  'bad-number': {
    code: 'ELEMENT_CHARACTER',
    title: 'a letter in a number',
    spoil: (document) =>
      replaced(document, ({ definition: { type, codes } }) =>
        (type === 'N' || type === 'R') && codes === undefined ? 'X' : null,
      ),
  },
} as const satisfies Readonly<Record<string, FaultEntry>>;

export type Fault = keyof typeof FAULTS;

/** Every fault by its name. */
export const FAULT_NAMES: readonly Fault[] = Object.keys(FAULTS).filter(isFault);

export function isFault(name: string): name is Fault {
  return Object.hasOwn(FAULTS, name);
}

/** The text of a document with a fault; null where it has nothing that could have that fault. */
export function spoiled(text: string, fault: Fault, set: SetDefinition, dictionary: Dictionary): string | null {
  const { standard } = set;
  const [first, last] = standard === 'x12' ? ['ST', 'SE'] : ['UNH', 'UNT'];
  const segments = segmentsOf(text, standard);
  const header = segments.findIndex(([tag]) => tag === first);
  const trailer = segments.findIndex(([tag]) => tag === last);
  const values = valuesOf(segments, header + 1, trailer, dictionary, standard);
  const changed = FAULTS[fault].spoil({ segments, header, trailer, set, values });
  return changed === null ? null : textOf(changed, standard);
}

/** A count or control number that is more than it was, as many digits long. */
function counted(segments: SegmentTexts, segment: number, element: number, more: number): SegmentTexts {
  const old = segments[segment]?.[element] ?? '0';
  return withElement(segments, segment, element, String(Number(old) + more).padStart(old.length, '0'));
}

/** Segments taken out and put in, counted in the trailer. */
function spliced(
  { segments, trailer }: Spoilable,
  at: number,
  out: number,
  ...added: readonly (readonly string[])[]
): SegmentTexts {
  const recounted = counted(segments, trailer, 1, added.length - out);
  return [...recounted.slice(0, at), ...added, ...recounted.slice(at + out)];
}

/** The first value for which there is another one. */
function replaced({ segments, values }: Spoilable, other: (place: ValuePlace) => string | null): SegmentTexts | null {
  for (const place of values) {
    const value = other(place);
    if (value !== null) return withElement(segments, place.segment, place.position, place.put(value));
  }
  return null;
}

function strangeCode(codes: ReadonlySet<string> | undefined, length: number): string | null {
  const tried = ['Z', 'X', 'Q', '9'].map((letter) => letter.repeat(Math.max(1, length)));
  return codes === undefined ? null : (tried.find((code) => !codes.has(code)) ?? null);
}
