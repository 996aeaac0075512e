import { CR, isAlphanumeric, isBlank, LF, skipBlanks } from '../bytes.ts';
import type { Delimiters } from '../delimiters.ts';
import type { Header, HeaderResult } from '../syntax.ts';
import { beginsIsa } from './bytes.ts';

/** How many bytes from the `I` of an ISA on (or to the end of the file) are needed to read it. */
export const ISA_VIEW = 512;

/** Where the sixteen separators stand in the 106 bytes of a regular ISA. */
const PLACES: readonly number[] = [3, 6, 17, 20, 31, 34, 50, 53, 69, 76, 81, 83, 89, 99, 101, 103];
/** The byte after the last separator: ISA16. */
const COMPONENT_PLACE = 104;
const REGULAR_LENGTH = 106;
/** With so many separators at their place the others are taken for damaged, not for absent. */
const ENOUGH_AT_PLACE = 12;
/** Longer elements are none of an ISA: fifteen characters, or as many of several bytes. */
const LONGEST_ELEMENT = 64;
/** How far behind ISA16 the terminator is looked for, where elements were added. */
const FARTHEST_TERMINATOR = 64;

/** Characters that names are made of are taken for data, any other before the tag for a terminator. */
const NEXT_SEGMENT = /^ISA$|[^A-Za-z0-9 \t._&@+/-]\s*(?:GS|ISA|TA1|IEA)$/;

/**
 * Reads the delimiters out of an ISA, which stands at the front of `view`. By place when all separators stand where the
 * fixed layout has them, else by counting sixteen elements, else by place again with a few separators damaged.
 * `view` holds ISA_VIEW bytes, fewer only where the file ends.
 */
export function readIsa(view: Buffer): HeaderResult {
  const { separator, hits } = separatorByPlace(view);
  if (hits === PLACES.length) return confirm(view, separator, PLACES) ?? byPlaceAlone(view, separator);
  const element = view[3] ?? 0;
  const fields = separators(view, element);
  const counted = fields.length === PLACES.length ? confirm(view, element, fields) : null;
  if (counted !== null) return counted;
  const placed = hits >= ENOUGH_AT_PLACE ? confirm(view, separator, PLACES) : null;
  if (placed !== null) return placed;
  if (fields.length === PLACES.length) return byFieldsAlone(view, element, fields);
  const rest = view.subarray((fields.at(-1) ?? 0) + 1);
  return view.length < ISA_VIEW && rest.length <= LONGEST_ELEMENT && !rest.includes(element)
    ? 'truncated'
    : 'unreadable';
}

/**
 * The positions of the first sixteen separators; fewer where an element is too long, the bytes end, or an element ends with
 * a terminator and an envelope tag, which is the next segment.
 */
export function separators(view: Buffer, element: number): readonly number[] {
  const found: number[] = [3];
  let last = 3;
  for (let at = 4; at < view.length && at - last <= LONGEST_ELEMENT && found.length < PLACES.length; at++) {
    if (view[at] !== element) continue;
    if (endsTag(view[at - 1]) && NEXT_SEGMENT.test(view.latin1Slice(last + 1, at))) break;
    found.push(at);
    last = at;
  }
  return found;
}

/** A first look that makes no string. */
function endsTag(byte: number | undefined): boolean {
  return byte === 0x53 || byte === 0x41 || byte === 0x31;
}

/** The byte that stands at most of the places, and at how many. */
function separatorByPlace(view: Buffer): { readonly separator: number; readonly hits: number } {
  let separator = 0;
  let votes = 0;
  for (const place of PLACES) {
    if (votes === 0) separator = view[place] ?? 0;
    votes += view[place] === separator ? 1 : -1;
  }
  const usable = !isBlank(separator) && !isAlphanumeric(separator);
  return { separator, hits: usable ? PLACES.filter((place) => view[place] === separator).length : 0 };
}

/** The reading whose terminator is followed by an envelope segment; null when no byte behind the last separator is. */
function confirm(view: Buffer, element: number, places: readonly number[]): Header | null {
  const component = (places.at(-1) ?? 0) + 1;
  for (let at = component; at < component + FARTHEST_TERMINATOR && at < view.length; at++) {
    if (!canTerminate(view[at], element) || !envelopeFollows(view, at + 1, element)) continue;
    // Had it stood here before, that would have been the terminator.
    if (view.indexOf(view[at] ?? 0, component) < at) continue;
    if (at === component && !componentIsMissing(view, at)) continue;
    return reading(view, element, places, at, true);
  }
  return null;
}

function byPlaceAlone(view: Buffer, element: number): HeaderResult {
  if (view.length < REGULAR_LENGTH) return 'truncated';
  return canTerminate(view[COMPONENT_PLACE + 1], element)
    ? reading(view, element, PLACES, COMPONENT_PLACE + 1, false)
    : 'unreadable';
}

/** Sixteen elements and a terminator with some other segment, or nothing at all, behind it. */
function byFieldsAlone(view: Buffer, element: number, fields: readonly number[]): HeaderResult {
  const terminator = (fields.at(-1) ?? 0) + 2;
  if (terminator >= view.length) return view.length < ISA_VIEW ? 'truncated' : 'unreadable';
  const next = skipBlanks(view, terminator + 1);
  const fits = next === view.length || /^[A-Z][A-Z0-9]{1,2}$/.test(tagAt(view, next, element));
  return fits && canTerminate(view[terminator], element)
    ? reading(view, element, fields, terminator, false)
    : 'unreadable';
}

function reading(
  view: Buffer,
  element: number,
  places: readonly number[],
  terminator: number,
  confirmed: boolean,
): Header {
  const component = (places.at(-1) ?? 0) + 1;
  const lineBreak = view[terminator] === CR && view[terminator + 1] === LF;
  const segment = lineBreak ? LF : (view[terminator] ?? 0);
  const added: number[] = [];
  for (let at = component; at < terminator; at++) if (view[at] === element) added.push(at);
  const marks = [-1, ...places, ...added, terminator];
  const partial = { element, component: componentOf(view, component, terminator, element), segment, release: null };
  return {
    marks,
    delimiters: { ...partial, repetition: repetitionOf(view, marks, partial) },
    end: terminator + (lineBreak ? 2 : 1),
    regular: places === PLACES && terminator === REGULAR_LENGTH - 1 && PLACES.every((at) => view[at] === element),
    confirmed,
  };
}

function componentOf(view: Buffer, at: number, terminator: number, element: number): number | null {
  const byte = view[at] ?? 0;
  return at === terminator || byte === element || isBlank(byte) || isAlphanumeric(byte) ? null : byte;
}

/** ISA11 separates repetitions from 00402 on; a collision with another delimiter leaves none. */
function repetitionOf(
  view: Buffer,
  marks: readonly number[],
  others: Pick<Delimiters, 'element' | 'component' | 'segment'>,
): number | null {
  const from = (marks[11] ?? 0) + 1;
  const byte = view[from] ?? 0;
  const version = view.latin1Slice((marks[12] ?? 0) + 1, marks[13] ?? 0);
  if ((marks[12] ?? 0) !== from + 1 || !/^\d{5}$/.test(version) || version < '00402') return null;
  if (isBlank(byte) || isAlphanumeric(byte)) return null;
  return byte === others.element || byte === others.component || byte === others.segment ? null : byte;
}

/** A line break may terminate, a blank or another character of data may not. */
function canTerminate(byte: number | undefined, element: number): boolean {
  if (byte === undefined || byte === element || isAlphanumeric(byte)) return false;
  return byte === CR || byte === LF || !isBlank(byte);
}

function envelopeFollows(view: Buffer, from: number, element: number): boolean {
  const at = skipBlanks(view, from);
  return ['GS', 'TA1', 'IEA'].includes(tagAt(view, at, element)) || beginsIsa(view, at);
}

/**
 * `…*P*~` and a line break: is `~` the component separator of a file whose segments end with the line, or is ISA16 missing
 * from a file whose segments end with `~` and a line break? The end of the next line tells.
 */
function componentIsMissing(view: Buffer, at: number): boolean {
  const behind = view[at + 1];
  if (behind !== CR && behind !== LF) return true;
  let end = skipBlanks(view, at + 1);
  while (end < view.length && view[end] !== CR && view[end] !== LF) end++;
  return end === ISA_VIEW || view[end - 1] === view[at];
}

/** Up to three bytes before an element separator; empty when none follows. */
function tagAt(view: Buffer, at: number, element: number): string {
  const end = view.indexOf(element, at);
  return end > at && end <= at + 3 ? view.latin1Slice(at, end) : '';
}
