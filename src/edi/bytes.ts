/** Byte values that the syntaxes know by name, and the questions that are asked of bytes. */
export const CR = 0x0d;
export const LF = 0x0a;
const BLANK = 0x20;
/** UTF-8's mark, byte by byte. */
export const BYTE_ORDER_MARK = '\u00ef\u00bb\u00bf';

/** A blank, tab, line break, page break, or the zero and end-of-file bytes of old hosts: padding between segments. */
export function isBlank(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d) || byte === 0x00 || byte === 0x1a;
}

/** A letter or digit, which can be no delimiter. */
export function isAlphanumeric(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
}

/** True when the bytes at `at` spell the text; bytes past the end spell nothing. */
export function spells(bytes: Uint8Array, at: number, text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    if (bytes[at + index] !== text.charCodeAt(index)) return false;
  }
  return true;
}

/** The first byte from `from` on that is no padding, or the end. */
export function skipBlanks(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && isBlank(bytes[at] ?? 0)) at++;
  return at;
}

/** Where bytes end without the blanks at their end. */
export function withoutBlanks(bytes: Uint8Array, from: number, to: number): number {
  let end = to;
  while (end > from && bytes[end - 1] === BLANK) end--;
  return end;
}

/** True when the tag stands at `at` and a byte behind it that can be a separator. */
export function beginsWith(bytes: Uint8Array, at: number, tag: string): boolean {
  const separator = bytes[at + tag.length];
  return separator !== undefined && spells(bytes, at, tag) && !isBlank(separator) && !isAlphanumeric(separator);
}

/** A tag or code of up to four bytes as one number; 0 for anything else. */
export function tagKey(bytes: Uint8Array, from: number, to: number): number {
  if (to - from > 4) return 0;
  let key = 0;
  for (let at = from; at < to; at++) key = (key << 8) | (bytes[at] ?? 0);
  return key;
}
