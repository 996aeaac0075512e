import type { PlainElement, PlainInterchange, PlainSegment, PlainSet, WriteOptions } from './plain.ts';
import {
  type CharacterCheck,
  characterCheck,
  delimitersRefusal,
  refusal,
  type WritePlace,
  type WriteRefusal,
} from './write-refusal.ts';

/** The bytes, or everything that cannot be written. */
export type WriteResult =
  | { readonly ok: true; readonly bytes: Buffer }
  | { readonly ok: false; readonly refusals: readonly WriteRefusal[] };

/** ISA11 is a repetition separator from this version on. */
const FIRST_REPETITION = '00402';
/** From this release on GS04 is CCYYMMDD. */
const FIRST_LONG_DATES = '004010';
/** Widths of the ISA elements. */
const HEADER_WIDTHS: readonly number[] = [2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1];
const BODY_TAG = /^(?!(?:ISA|IEA|TA1|GS|GE|ST|SE)$)[A-Z][A-Z0-9]{1,2}$/;

/**
 * Writes an interchange: ISA of 106 bytes, groups, sets, counts and control numbers; empty elements and components at the end
 * of a segment or composite are left out. A value that holds a delimiter is refused, because X12 has no release character.
 */
export function writeInterchange(interchange: PlainInterchange, options: WriteOptions): WriteResult {
  const { delimiters, encoding } = options;
  const repeats = interchange.version >= FIRST_REPETITION;
  const unusable = delimitersRefusal(delimiters, repeats);
  if (unusable !== null) return { ok: false, refusals: [unusable] };
  const refusals: WriteRefusal[] = [];
  const check = characterCheck(delimiters, encoding, repeats);
  const write = createSegmentWriter(options, check, refusals);
  const { groups, time, acknowledgments } = interchange;
  write.raw(header(interchange, options, repeats, refusals));
  for (const segment of acknowledgments) write.segment(segment, {});
  for (const group of groups) {
    const { code, sender, receiver, controlNumber, version } = group;
    const date = version < FIRST_LONG_DATES ? interchange.date.slice(2) : interchange.date;
    write.segment(['GS', code, sender, receiver, date, time, controlNumber, 'X', version], {});
    for (const set of group.sets) writeSet(set, write, refusals);
    write.segment(['GE', String(group.sets.length), controlNumber], {});
  }
  write.segment(['IEA', String(groups.length), interchange.controlNumber.padStart(9, '0')], {});
  return refusals.length > 0 ? { ok: false, refusals } : { ok: true, bytes: Buffer.from(write.text(), encoding) };
}

interface SegmentWriter {
  /** A segment that is text already, without its terminator. */
  raw(text: string): void;
  segment(segment: PlainSegment, place: Omit<WritePlace, 'tag'>): void;
  text(): string;
}

function writeSet(set: PlainSet, write: SegmentWriter, refusals: WriteRefusal[]): void {
  const { type, controlNumber, implementation = '', segments } = set;
  const at = (segment: number) => ({ document: controlNumber, segment });
  write.segment(['ST', type, controlNumber, implementation], at(1));
  segments.forEach((segment, index) => {
    const [tag] = segment;
    if (!BODY_TAG.test(tag)) refusals.push(refusal('tag', { ...at(index + 2), tag }));
    write.segment(segment, at(index + 2));
  });
  const count = segments.length + 2;
  write.segment(['SE', String(count), controlNumber], at(count));
}

function createSegmentWriter(
  { delimiters, lineBreak }: WriteOptions,
  check: CharacterCheck,
  refusals: WriteRefusal[],
): SegmentWriter {
  const end = String.fromCharCode(delimiters.segment) + lineBreak;
  const separator = String.fromCharCode(delimiters.element);
  const componentSeparator = String.fromCharCode(delimiters.component ?? 0);
  const pieces: string[] = [];
  const checked = (value: string, place: WritePlace): string => {
    const found = check(value);
    if (found !== null) refusals.push(refusal(found.reason, place, found.character));
    return value;
  };
  const element = (value: PlainElement, place: WritePlace): string => {
    if (typeof value === 'string') return checked(value, place);
    return trimmed(value.map((part, index) => checked(part, { ...place, component: index + 1 }))).join(
      componentSeparator,
    );
  };
  const raw = (text: string): void => {
    pieces.push(text, end);
  };
  return {
    raw,
    segment([tag, ...elements], place) {
      const texts = elements.map((value, index) => element(value, { ...place, tag, element: index + 1 }));
      raw(trimmed([tag, ...texts]).join(separator));
    },
    text: () => pieces.join(''),
  };
}

function trimmed(texts: readonly string[]): readonly string[] {
  let end = texts.length;
  while (end > 0 && texts[end - 1] === '') end--;
  return texts.slice(0, end);
}

/** The ISA, each element padded to its place. */
function header(
  { version, sender, receiver, date, time, controlNumber, acknowledge, usage }: PlainInterchange,
  { delimiters }: WriteOptions,
  repeats: boolean,
  refusals: WriteRefusal[],
): string {
  const { repetition, component, element } = delimiters;
  const separatorText = (byte: number | null): string => (byte === null ? 'U' : String.fromCharCode(byte));
  const parties = [sender.qualifier, sender.id, receiver.qualifier, receiver.id];
  const values = ['00', '', '00', '', ...parties, date.slice(2), time];
  const rest = [version, controlNumber.padStart(9, '0'), acknowledge, usage];
  const elements = [...values, separatorText(repeats ? repetition : null), ...rest, separatorText(component)];
  const check = characterCheck(delimiters, 'ascii', repeats);
  const padded = elements.map((value, index) => {
    const place = { tag: 'ISA', element: index + 1 };
    const width = HEADER_WIDTHS[index] ?? 0;
    const found = index === 10 || index === 15 ? null : check(value);
    if (found !== null) refusals.push(refusal(found.reason, place, found.character));
    if (value.length > width) refusals.push(refusal('width', place));
    return value.padEnd(width);
  });
  return ['ISA', ...padded].join(String.fromCharCode(element));
}
