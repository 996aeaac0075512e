import type { Delimiters } from '../delimiters.ts';
import { encoderOf } from '../encoder.ts';
import { createSegmentWriter, type SegmentWriter } from '../segment-writer.ts';
import {
  type CharacterCheck,
  characterCheck,
  delimitersRefusal,
  refusal,
  type WriteRefusal,
  type WriteResult,
} from '../write-refusal.ts';
import type { PlainGroup, PlainInterchange, PlainSet, WriteOptions } from './plain.ts';

/** ISA11 is a repetition separator from this version on. */
const FIRST_REPETITION = '00402';
/** From this release on GS04 is CCYYMMDD. */
const FIRST_LONG_DATES = '004010';
/** Widths of the ISA elements. */
const HEADER_WIDTHS: readonly number[] = [2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1];
/** ISA11 and ISA16, where delimiters stand. */
const HEADER_DELIMITERS: readonly number[] = [11, 16];
const BODY_TAG = /^(?!(?:ISA|IEA|TA1|GS|GE|ST|SE)$)[A-Z][A-Z0-9]{1,2}$/;
const CHARSETS = { latin1: 'iso-8859-1', utf8: 'utf-8', 'windows-1252': 'windows-1252' } as const;
const LAST_ASCII = 0x7e;

/**
 * Writes an interchange: ISA of 106 bytes, groups, sets, counts and control numbers; empty elements and components at the end
 * of a segment or composite are left out. A value that holds a delimiter is refused, because X12 has no release character.
 */
export function writeInterchange(interchange: PlainInterchange, options: WriteOptions): WriteResult {
  const repeats = interchange.version >= FIRST_REPETITION;
  const delimiters = repeats ? options.delimiters : { ...options.delimiters, repetition: null };
  const unusable = delimitersRefusal(delimiters, 'ISA');
  if (unusable !== null) return { ok: false, refusals: [unusable] };
  const refusals: WriteRefusal[] = [];
  const encoder = encoderOf(CHARSETS[options.encoding]);
  const check = checkFor(delimiters, encoder.has);
  const write = createSegmentWriter(
    { ...options, delimiters },
    (value, place) => {
      const found = check(value);
      if (found !== null) refusals.push(refusal(found.reason, place, value, found.character));
      return value;
    },
    refusals,
  );
  write.raw(header(interchange, delimiters, repeats, refusals));
  for (const segment of interchange.acknowledgments) write.segment(segment, {});
  for (const group of interchange.groups) writeGroup(group, interchange, write, refusals);
  write.segment(['IEA', String(interchange.groups.length), interchange.controlNumber.padStart(9, '0')], {});
  return refusals.length > 0 ? { ok: false, refusals } : { ok: true, bytes: encoder.encode(write.text()) };
}

function writeGroup(
  group: PlainGroup,
  interchange: PlainInterchange,
  write: SegmentWriter,
  refusals: WriteRefusal[],
): void {
  const { code, sender, receiver, controlNumber, agency = 'X', version, sets } = group;
  const { date = interchange.date, time = interchange.time } = group;
  const day = version < FIRST_LONG_DATES ? date.slice(2) : date;
  write.segment(['GS', code, sender, receiver, day, time, controlNumber, agency, version], {});
  for (const set of sets) writeSet(set, write, refusals);
  write.segment(['GE', String(sets.length), controlNumber], {});
}

function writeSet(
  { type, controlNumber, implementation, segments }: PlainSet,
  write: SegmentWriter,
  refusals: WriteRefusal[],
): void {
  const at = (segment: number) => ({ document: controlNumber, segment });
  write.segment(['ST', type, controlNumber, ...(implementation === undefined ? [] : [implementation])], at(1));
  segments.forEach((segment, index) => {
    const [tag] = segment;
    if (!BODY_TAG.test(tag)) refusals.push(refusal('tag', { ...at(index + 2), tag }));
    write.segment(segment, at(index + 2));
  });
  const count = segments.length + 2;
  write.segment(['SE', String(count), controlNumber], at(count));
}

function checkFor(
  { element, component, repetition, segment }: Delimiters,
  isEncoded: (code: number) => boolean,
): CharacterCheck {
  return characterCheck(new Set([element, component, repetition, segment]), isEncoded);
}

/** The ISA, each element padded to its place. */
function header(
  interchange: PlainInterchange,
  delimiters: Delimiters,
  repeats: boolean,
  refusals: WriteRefusal[],
): string {
  const { version, sender, receiver, date, time, controlNumber, acknowledge, usage } = interchange;
  const { authorization = NOTHING, security = NOTHING, standards = 'U' } = interchange;
  const { repetition, component, element } = delimiters;
  const separatorText = (byte: number | null): string => (byte === null ? 'U' : String.fromCharCode(byte));
  const parties = [authorization, security, sender, receiver].flatMap(({ qualifier, id }) => [qualifier, id]);
  const elements = [
    ...[...parties, date.slice(2), time, repeats ? separatorText(repetition) : standards],
    ...[version, controlNumber.padStart(9, '0'), acknowledge, usage, separatorText(component)],
  ];
  const check = checkFor(delimiters, (code) => code <= LAST_ASCII);
  const padded = elements.map((value, index) => {
    const place = { tag: 'ISA', element: index + 1 };
    const width = HEADER_WIDTHS[index] ?? 0;
    const found = HEADER_DELIMITERS.includes(place.element) ? null : check(value);
    if (found !== null) refusals.push(refusal(found.reason, place, value, found.character));
    if (value.length > width) refusals.push(refusal('width', place, value));
    return value.padEnd(width);
  });
  return ['ISA', ...padded].join(String.fromCharCode(element));
}

/** What ISA01 to ISA04 say where nothing is agreed. */
const NOTHING = { qualifier: '00', id: '' };
