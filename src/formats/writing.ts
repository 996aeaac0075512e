import { type Encoder, encoderOf } from '../edi/encoder.ts';
import type { NodeKind } from './tree.ts';

/** A tree to be written; a `TreeNode` that was read is one too. What is absent is empty. */
export interface PlainNode {
  readonly kind: NodeKind;
  readonly name?: string;
  readonly text?: string;
  readonly attributes?: readonly PlainAttribute[];
  readonly children?: readonly PlainNode[];
}

export interface PlainAttribute {
  readonly name: string;
  readonly text: string;
}

/**
 * Why something cannot be written. `kind`: the format has no such node in this place; `name`: it has no such name;
 * `repeated`: a name stands twice where it may stand once; `character`: no text of the format holds this character;
 * `encoding`: the encoding has it not; `value`: it would be read as something else; `width`: it does not fit its field;
 * `depth`: it nests deeper than is read.
 */
export type FormatRefusalReason = 'kind' | 'name' | 'repeated' | 'character' | 'encoding' | 'value' | 'width' | 'depth';

/** A value that cannot be written as it is. Nothing is written then. */
export interface FormatRefusal {
  readonly reason: FormatRefusalReason;
  /** `xml/Shipment/Stop[2]/@id`, `json/stops[2]/city`, `csv/record[3]/sku`. */
  readonly path: string;
  readonly value: string;
  /** One sentence: where, what, and what to do. */
  readonly text: string;
}

/** The bytes, or everything that cannot be written. */
export type FormatWriting =
  | { readonly ok: true; readonly bytes: Buffer }
  | { readonly ok: false; readonly refusals: readonly FormatRefusal[] };

/** Encodings that are written. */
export type WriteEncoding = 'utf-8' | 'utf-16le' | 'iso-8859-1' | 'windows-1252';

/** So much of a value is shown. */
const SHOWN = 60;

/** Collects what cannot be written. */
export class Refusals {
  readonly #all: FormatRefusal[] = [];

  add(reason: FormatRefusalReason, path: string, value: string, text: string): void {
    const shown = JSON.stringify(value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value);
    this.#all.push({ reason, path, value, text: `${path}: ${shown} ${text}` });
  }

  /** What was written, unless something was refused. */
  result(bytes: () => Buffer): FormatWriting {
    return this.#all.length > 0 ? { ok: false, refusals: this.#all } : { ok: true, bytes: bytes() };
  }
}

const UTF16: Encoder = { has: () => true, encode: (text) => Buffer.from(`\ufeff${text}`, 'utf16le') };

/** The encoder of an encoding. UTF-16 has a byte order mark, because nothing else says what it is. */
export function formatEncoder(encoding: WriteEncoding): Encoder {
  return encoding === 'utf-16le' ? UTF16 : encoderOf(encoding);
}

/** A character as a message shows it. */
export function shownCharacter(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return /[\p{C}\p{Z}]/u.test(character) ? `U+${code}` : `"${character}" (U+${code})`;
}
