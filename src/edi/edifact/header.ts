import { beginsWith, CR, isAlphanumeric, isBlank, LF, skipBlanks, spells } from '../bytes.ts';
import type { Delimiters } from '../delimiters.ts';
import type { Header, HeaderResult } from '../syntax.ts';
import { charsetOf } from './charset.ts';
import { defaultCharacters, type ServiceCharacters, separator, unaCharacters } from './service-characters.ts';

/** How many bytes from the `U` of a UNA or UNB on (or to the end of the file) are needed to read it. */
export const HEADER_VIEW = 1024;

/** UNA and its six characters. */
const UNA_BYTES = 9;
/** A UNB has eleven elements; some senders write more separators behind them. */
const MOST_ELEMENTS = 20;
/** S002 and S003 of syntax 4 have 143 characters with their separators; room for released ones. */
const LONGEST_ELEMENT = 300;
/** S001 is four letters and the version. */
const VERSION_PLACE = 9;
/** Repetition separators came with this version of the syntax. */
const FIRST_REPETITION = 4;

/** Segments that may follow a UNB. */
const FOLLOWING: readonly string[] = ['UNH', 'UNG', 'UNZ', 'UNO'];

/** True when a UNA or UNB may begin here. Wants four bytes. */
export function beginsUnb(bytes: Uint8Array, at: number): boolean {
  return beginsWith(bytes, at, 'UNB') || beginsWith(bytes, at, 'UNA');
}

/**
 * Reads the delimiters of an interchange: those of its UNA where the UNB uses them, else the standard's by the byte behind
 * `UNB`. The terminator is found by what follows the UNB where the declared one does not stand there.
 */
export function readHeader(view: Buffer): HeaderResult {
  const unb = placeOfUnb(view);
  if (unb === -1) return view.length < UNA_BYTES + 4 ? 'truncated' : 'unreadable';
  const element = view[unb + 3] ?? 0;
  const declared = unb === 0 ? null : unaCharacters(view, element);
  const characters = declared ?? defaultCharacters(element, view[unb + VERSION_PLACE - 1]);
  const head = view.subarray(0, extentOf(view, unb, characters));
  const end = terminatorOf(head, unb, characters);
  if (end === null) return head.length === view.length && view.length < HEADER_VIEW ? 'truncated' : 'unreadable';
  const { at, confirmed } = end;
  const lineBreak = view[at] === CR && view[at + 1] === LF;
  const segment = lineBreak ? LF : (view[at] ?? 0);
  return {
    marks: marksOf(view, unb, at, characters),
    delimiters: delimitersOf(view, unb, at, characters, segment),
    end: at + (lineBreak ? 2 : 1),
    regular: (unb === 0 ? !characters.unusual : declared !== null) && segment === characters.segment,
    confirmed,
  };
}

/** As much of a UNB that cannot be read as looks like its elements. */
export function unreadableHeader(view: Buffer): Pick<Header, 'marks' | 'delimiters' | 'end'> {
  const found = placeOfUnb(view);
  const unb = Math.max(0, found);
  const characters = defaultCharacters(view[unb + 3] ?? 0, view[unb + VERSION_PLACE - 1]);
  const end = Math.min(view.length, found === -1 ? UNA_BYTES : extentOf(view, unb, characters));
  const marks = marksOf(view, unb, end, characters);
  return { marks, delimiters: delimitersOf(view, unb, end, characters, characters.segment), end };
}

/** Where the UNB begins, behind the UNA if there is one; -1 when none does. */
function placeOfUnb(view: Buffer): number {
  if (spells(view, 0, 'UNB')) return 0;
  const at = skipBlanks(view, UNA_BYTES);
  if (beginsWith(view, at, 'UNB')) return at;
  // A UNA with a character too few.
  return beginsWith(view, UNA_BYTES - 1, 'UNB') ? UNA_BYTES - 1 : -1;
}

/** Behind it nothing can belong to the UNB: too many or too long elements. Enough for the tag of the next segment. */
function extentOf(view: Buffer, unb: number, { element, release }: ServiceCharacters): number {
  let last = unb + 3;
  let elements = 0;
  for (let at = unb + 4; at < view.length; at++) {
    if (at - last > LONGEST_ELEMENT) return at;
    if (view[at] === release) at++;
    else if (view[at] === element) {
      if (++elements > MOST_ELEMENTS) return at;
      last = at;
    }
  }
  return view.length;
}

/**
 * The terminator of the UNB: the declared one, unless a segment that must follow begins before it; then the end of the line
 * before that, or whatever stands there.
 */
function terminatorOf(
  head: Buffer,
  unb: number,
  characters: ServiceCharacters,
): { readonly at: number; readonly confirmed: boolean } | null {
  const { element, release } = characters;
  const declared = unreleased(head, unb + 4, characters.segment, release);
  const next = Math.min(...FOLLOWING.map((tag) => placeBefore(head, unb + 4, tag, element)));
  if (next !== Number.POSITIVE_INFINITY && (declared === -1 || declared > next)) {
    const line = lineEndBefore(head, next);
    const at = line ?? next - 1;
    const byte = head[at] ?? 0;
    const usable = line !== null || (!isBlank(byte) && !isAlphanumeric(byte) && byte !== element);
    if (usable && unreleased(head, unb + 4, byte, release) === at) return { at, confirmed: true };
  }
  return declared === -1 ? null : { at: declared, confirmed: isFollowed(head, declared + 1, element) };
}

/** The first such byte from `from` on that is not released; -1 when there is none. */
function unreleased(head: Buffer, from: number, byte: number, release: number | null): number {
  for (let at = from; at < head.length; at++) {
    if (head[at] === byte) return at;
    if (head[at] === release) at++;
  }
  return -1;
}

function isFollowed(head: Buffer, from: number, element: number): boolean {
  const at = skipBlanks(head, from);
  return head[at + 3] === element && FOLLOWING.some((tag) => spells(head, at, tag));
}

/** Where a tag with a separator behind it begins a segment, for all that can be told. */
function placeBefore(head: Buffer, from: number, tag: string, element: number): number {
  let at = head.indexOf(tag, from, 'latin1');
  while (at !== -1 && (head[at + 3] !== element || isAlphanumeric(head[at - 1] ?? 0))) {
    at = head.indexOf(tag, at + 1, 'latin1');
  }
  return at === -1 ? Number.POSITIVE_INFINITY : at;
}

/** The end of the line before a segment; null when the segment does not begin a line. */
function lineEndBefore(head: Buffer, segment: number): number | null {
  let at = segment - 1;
  while (isBlank(head[at] ?? 0xff)) at--;
  for (let end = at + 1; end < segment; end++)
    if (head[end] === CR || head[end] === LF) return at + 1 === end ? end : null;
  return null;
}

function marksOf(view: Buffer, unb: number, end: number, { element, release }: ServiceCharacters): readonly number[] {
  const marks = [unb - 1];
  for (let at = unb + 3; at < end; at++) {
    if (view[at] === element) marks.push(at);
    else if (view[at] === release) at++;
  }
  return [...marks, end];
}

function delimitersOf(
  view: Buffer,
  unb: number,
  end: number,
  { element, component, release, repetition }: ServiceCharacters,
  segment: number,
): Delimiters {
  const version =
    component === null || view[unb + VERSION_PLACE - 1] !== component ? 0 : (view[unb + VERSION_PLACE] ?? 0);
  const repeats = end > unb + VERSION_PLACE && version - 0x30 >= FIRST_REPETITION && version <= 0x39;
  const others = [element, component, segment];
  const own = others.includes(release) ? null : release;
  return {
    element,
    component: component === segment ? null : component,
    repetition: repeats ? separator(repetition ?? 0, [...others, own]) : null,
    segment,
    release: own,
    charset: charsetOf(view.latin1Slice(Math.min(unb + 4, end), Math.min(unb + 8, end))),
  };
}
