import { type Delimiters, delimiterText } from '../delimiters.ts';
import { type Encoder, encoderOf } from '../encoder.ts';
import type { PlainElement, PlainSegment } from '../plain-segment.ts';
import { createSegmentWriter, type SegmentWriter, type ValueWriter } from '../segment-writer.ts';
import { characterCheck, delimitersRefusal, refusal, type WriteRefusal, type WriteResult } from '../write-refusal.ts';
import { writeCharsetOf } from './charset.ts';
import type { EdifactWriteOptions, PlainEdifactInterchange, PlainMessage, PlainMessageGroup } from './plain.ts';
import { areDefault } from './service-characters.ts';

/** Repetition separators and dates with a century came with this version of the syntax. */
const FIRST_OF_TODAY = '4';
const BODY_TAG = /^(?!(?:UN[ABEGHOPTZ]|UI[BHTZ])$)[A-Z][A-Z0-9]{2}$/;

/**
 * Writes an EDIFACT interchange: UNA where it says something, headers, trailers and counts; empty elements and components at
 * the end of a segment or composite are left out. What means something to the syntax is released; a character that the
 * charset has not is refused (ISO 9735).
 */
export function writeEdifactInterchange(
  interchange: PlainEdifactInterchange,
  options: EdifactWriteOptions,
): WriteResult {
  const [identifier, version] = interchange.syntax;
  const repeats = version >= FIRST_OF_TODAY;
  const delimiters = repeats ? options.delimiters : { ...options.delimiters, repetition: null };
  const unusable = delimitersRefusal(delimiters, 'UNA');
  if (unusable !== null) return { ok: false, refusals: [unusable] };
  const refusals: WriteRefusal[] = [];
  const encoder = encoderOf(options.charset ?? writeCharsetOf(identifier));
  const write = createSegmentWriter({ ...options, delimiters }, valueWriter(delimiters, encoder, refusals), refusals);
  const { decimal = '.', una = decimal === ',' || !areDefault(delimiters, identifier, repeats) } = options;
  if (una) write.raw(unaText(delimiters, decimal));
  writeInterchange(interchange, write, refusals);
  return refusals.length > 0 ? { ok: false, refusals } : { ok: true, bytes: encoder.encode(write.text()) };
}

function writeInterchange(plain: PlainEdifactInterchange, write: SegmentWriter, refusals: WriteRefusal[]): void {
  const { syntax, sender, receiver, reference, groups, messages } = plain;
  const { password = '', application = '', priority = '', acknowledge = '', agreement = '', test } = plain;
  const dateOf = (date: string): string => (syntax[1] >= FIRST_OF_TODAY ? date : date.slice(-6));
  const names: PlainElement[] = [syntax, sender, receiver, [dateOf(plain.date), plain.time], reference];
  const details = [password, application, priority, acknowledge, agreement, test === true ? '1' : ''];
  write.segment(['UNB', ...names, ...withoutEnd(details)], {});
  for (const group of groups) {
    const { date = plain.date, time = plain.time } = group;
    writeGroup(group, [dateOf(date), time], write, refusals);
  }
  for (const message of messages) writeMessage(message, write, refusals);
  write.segment(['UNZ', String(groups.length > 0 ? groups.length : messages.length), reference], {});
}

function writeGroup(
  { code, sender, receiver, reference, agency, version, password = '', messages }: PlainMessageGroup,
  moment: readonly string[],
  write: SegmentWriter,
  refusals: WriteRefusal[],
): void {
  const names: PlainElement[] = [code, sender, receiver, moment, reference, agency, version];
  write.segment(['UNG', ...names, ...withoutEnd([password])], {});
  for (const message of messages) writeMessage(message, write, refusals);
  write.segment(['UNE', String(messages.length), reference], {});
}

function writeMessage(
  { reference, identifier, details = [], segments }: PlainMessage,
  write: SegmentWriter,
  refusals: WriteRefusal[],
): void {
  const at = (segment: number) => ({ document: reference, segment });
  write.segment(['UNH', reference, identifier, ...details], at(1));
  segments.forEach((segment: PlainSegment, index) => {
    const [tag] = segment;
    if (!BODY_TAG.test(tag)) refusals.push(refusal('tag', { ...at(index + 2), tag }));
    write.segment(segment, at(index + 2));
  });
  const count = segments.length + 2;
  write.segment(['UNT', String(count), reference], at(count));
}

/** What the engine itself leaves empty at the end is never written. */
function withoutEnd(elements: readonly PlainElement[]): readonly PlainElement[] {
  return elements.slice(0, elements.findLastIndex((element) => element !== '') + 1);
}

function valueWriter(delimiters: Delimiters, encoder: Encoder, refusals: WriteRefusal[]): ValueWriter {
  const { element, component, repetition, segment, release } = delimiters;
  const reserved = new Set([element, component, repetition, segment]);
  const check = characterCheck(release === null ? reserved : new Set(), encoder.has);
  const released = new Set([...reserved, release].map((byte) => delimiterText(byte)));
  const sign = delimiterText(release) ?? '';
  return (value, place) => {
    const found = check(value);
    if (found !== null) refusals.push(refusal(found.reason, place, value, found.character));
    return sign === '' ? value : value.replace(/[^A-Za-z0-9]/g, (one) => (released.has(one) ? sign + one : one));
  };
}

/** Without the terminator, which stands behind it as behind a segment. A blank is for what there is not. */
function unaText({ component, element, release, repetition }: Delimiters, decimal: string): string {
  const text = (byte: number | null): string => delimiterText(byte) ?? ' ';
  return `UNA${text(component)}${text(element)}${decimal}${text(release)}${text(repetition)}`;
}
