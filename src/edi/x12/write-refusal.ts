import { isAlphanumeric, isBlank } from '../bytes.ts';
import type { Delimiters } from '../delimiters.ts';
import type { WriteOptions } from './plain.ts';

/**
 * Why something cannot be written. `delimiter`: the value holds a delimiter, and X12 has no release character; `control`: it
 * holds a line break or another control character; `encoding`: the encoding has no such character; `width`: it is longer than
 * its place in the ISA; `tag`: no tag of a segment, or one of the envelope; `delimiters`: they cannot be told apart from each
 * other or from data.
 */
export type RefusalReason = 'delimiter' | 'control' | 'encoding' | 'width' | 'tag' | 'delimiters';

/** Where something is to be written. Positions count from 1. */
export interface WritePlace {
  /** ST02 of the document; absent in the envelope. */
  readonly document?: string;
  /** Position in the document, ST = 1; absent in the envelope. */
  readonly segment?: number;
  readonly tag: string;
  /** Absent for the tag itself. */
  readonly element?: number;
  readonly component?: number;
}

/** A value that cannot be written as it is. Nothing is written then. */
export interface WriteRefusal extends WritePlace {
  readonly reason: RefusalReason;
  /** The character at fault; absent where it is the whole value. */
  readonly character?: string;
  /** One sentence: where, what, and what to do. */
  readonly text: string;
}

/** Finds the first character of a value that cannot be written; null when there is none. */
export type CharacterCheck = (value: string) => { readonly reason: RefusalReason; readonly character: string } | null;

/** What values are checked with: `repeats` says whether the repetition separator is one. */
export function characterCheck(
  { element, component, repetition, segment }: Delimiters,
  encoding: WriteOptions['encoding'] | 'ascii',
  repeats: boolean,
): CharacterCheck {
  const reserved = new Set([element, component, segment, ...(repeats ? [repetition] : [])]);
  const last = { ascii: 0x7e, latin1: 0xff, utf8: 0x10ffff }[encoding];
  const reasonOf = (code: number): RefusalReason | null => {
    if (reserved.has(code)) return 'delimiter';
    if (code < 0x20 || code === 0x7f) return 'control';
    // Half of a surrogate pair is no character.
    return code > last || (code >= 0xd800 && code <= 0xdfff) ? 'encoding' : null;
  };
  return (value) => {
    for (const character of value) {
      const reason = reasonOf(character.codePointAt(0) ?? 0);
      if (reason !== null) return { reason, character };
    }
    return null;
  };
}

/** A refusal with its sentence. */
export function refusal(reason: RefusalReason, place: WritePlace, character?: string): WriteRefusal {
  const where = place.document === undefined ? nameOf(place) : `${nameOf(place)} of document ${place.document}`;
  const text = `${where} ${sentence(reason, character)}`;
  return { ...place, reason, text, ...(character === undefined ? {} : { character }) };
}

function nameOf({ tag, segment, element, component }: WritePlace): string {
  const name = tag + (element === undefined ? '' : String(element).padStart(2, '0'));
  const part = component === undefined ? '' : `-${component}`;
  return `${name}${part}${segment === undefined ? '' : ` (segment ${segment})`}`;
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
    case 'tag':
      return 'is no tag of a segment inside a document. Two or three letters and digits are, and the engine adds the envelope.';
    case 'delimiters':
      return 'cannot carry these delimiters. Choose four that differ and are neither letters, digits nor blanks.';
  }
}

/** Null when the delimiters can be told apart from each other and from data. */
export function delimitersRefusal(delimiters: Delimiters, repeats: boolean): WriteRefusal | null {
  const { element, component, repetition, segment } = delimiters;
  const all =
    repeats && repetition !== null ? [element, component, segment, repetition] : [element, component, segment];
  const usable = all.every(
    (byte) => byte !== null && byte < 0x80 && !isAlphanumeric(byte) && (!isBlank(byte) || isLineEnd(byte, segment)),
  );
  return usable && new Set(all).size === all.length ? null : refusal('delimiters', { tag: 'ISA' });
}

/** A line break may end segments, and separate nothing else. */
function isLineEnd(byte: number, segment: number): boolean {
  return byte === segment && (byte === 0x0a || byte === 0x0d);
}
