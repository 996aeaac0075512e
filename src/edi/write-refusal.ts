import { isAlphanumeric, isBlank } from './bytes.ts';
import type { Delimiters } from './delimiters.ts';

/**
 * Why something cannot be written. `delimiter`: the value holds a delimiter, and there is no release character; `control`: it
 * holds a line break or another control character; `encoding`: the encoding has no such character; `width`: it is longer than
 * its place in the ISA; `repetition`: it repeats, and there is no repetition separator; `tag`: no tag of a segment, or one of
 * the envelope; `delimiters`: they cannot be told apart from each other or from data.
 */
export type RefusalReason = 'delimiter' | 'control' | 'encoding' | 'width' | 'repetition' | 'tag' | 'delimiters';

/** Where something is to be written. Positions count from 1. */
export interface WritePlace {
  /** ST02 or UNH 0062 of the document; absent in the envelope. */
  readonly document?: string;
  /** Position in the document, ST or UNH = 1; absent in the envelope. */
  readonly segment?: number;
  readonly tag: string;
  /** Absent for the tag itself. */
  readonly element?: number;
  readonly repetition?: number;
  readonly component?: number;
}

/** A value that cannot be written as it is. Nothing is written then. */
export interface WriteRefusal extends WritePlace {
  readonly reason: RefusalReason;
  /** The element or component; absent where a segment or all its delimiters are refused. */
  readonly value?: string;
  /** The character at fault; absent where it is the whole value. */
  readonly character?: string;
  /** One sentence: where, what, and what to do. */
  readonly text: string;
}

/** The bytes, or everything that cannot be written. */
export type WriteResult =
  | { readonly ok: true; readonly bytes: Buffer }
  | { readonly ok: false; readonly refusals: readonly WriteRefusal[] };

/** Finds the first character of a value that cannot be written; null when there is none. */
export type CharacterCheck = (value: string) => { readonly reason: RefusalReason; readonly character: string } | null;

/** What values are checked with: characters that have a meaning of their own, and those that the encoding has. */
export function characterCheck(
  reserved: ReadonlySet<number | null>,
  isEncoded: (code: number) => boolean,
): CharacterCheck {
  const reasonOf = (code: number): RefusalReason | null => {
    if (reserved.has(code)) return 'delimiter';
    if (code < 0x20 || code === 0x7f) return 'control';
    // Half of a surrogate pair is no character.
    return (code >= 0xd800 && code <= 0xdfff) || !isEncoded(code) ? 'encoding' : null;
  };
  return (value) => {
    for (const character of value) {
      const reason = reasonOf(character.codePointAt(0) ?? 0);
      if (reason !== null) return { reason, character };
    }
    return null;
  };
}

/** So much of a value is shown. */
const SHOWN = 60;

/** A refusal with its sentence. */
export function refusal(reason: RefusalReason, place: WritePlace, value?: string, character?: string): WriteRefusal {
  const where = place.document === undefined ? nameOf(place) : `${nameOf(place)} of document ${place.document}`;
  const shown = value === undefined ? '' : `: ${shownValue(value)}`;
  return {
    ...{ ...place, reason, text: `${where}${shown} ${sentence(reason, character)}` },
    ...(value === undefined ? {} : { value }),
    ...(character === undefined ? {} : { character }),
  };
}

function shownValue(value: string): string {
  return JSON.stringify(value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value);
}

function nameOf({ tag, segment, element, repetition, component }: WritePlace): string {
  const name = tag + (element === undefined ? '' : String(element).padStart(2, '0'));
  const time = repetition === undefined ? '' : `[${repetition}]`;
  const part = component === undefined ? '' : `-${component}`;
  return `${name}${time}${part}${segment === undefined ? '' : ` (segment ${segment})`}`;
}

function sentence(reason: RefusalReason, character: string | undefined): string {
  const shown = JSON.stringify(character ?? '');
  switch (reason) {
    case 'delimiter':
      return `holds ${shown}, a delimiter of this interchange. Choose other delimiters for the partner, or change the value.`;
    case 'control':
      return `holds the control character ${shown}. Take it out of the value.`;
    case 'encoding':
      return `holds ${shown}, which this encoding has not. Choose another encoding for the partner, or change the value.`;
    case 'width':
      return 'is longer than its place in the ISA. Shorten it.';
    case 'repetition':
      return 'repeats, and this interchange has no repetition separator. Choose one for the partner, or write one value.';
    case 'tag':
      return 'is no tag of a segment inside a document. Two or three letters and digits are, and the engine adds the envelope.';
    case 'delimiters':
      return 'cannot carry these delimiters. Choose some that differ and are neither letters, digits nor blanks.';
  }
}

/** Null when the delimiters can be told apart from each other and from data; `tag` is the segment that would carry them. */
export function delimitersRefusal(
  { element, component, repetition, segment, release }: Delimiters,
  tag: string,
): WriteRefusal | null {
  const all = [element, component, segment, ...[repetition, release].filter((byte) => byte !== null)];
  const usable = all.every(
    (byte) => byte !== null && byte < 0x80 && !isAlphanumeric(byte) && (!isBlank(byte) || isLineEnd(byte, segment)),
  );
  return usable && new Set(all).size === all.length ? null : refusal('delimiters', { tag });
}

/** A line break may end segments, and separate nothing else. */
function isLineEnd(byte: number, segment: number): boolean {
  return byte === segment && (byte === 0x0a || byte === 0x0d);
}
