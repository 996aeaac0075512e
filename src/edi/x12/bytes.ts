/** Byte values that the X12 syntax knows by name, and the two questions that are asked of bytes. */
export const CR = 0x0d;
export const LF = 0x0a;
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

/** True when an ISA may begin here: the tag and a byte that can be a separator. Wants four bytes. */
export function beginsIsa(bytes: Uint8Array, at: number): boolean {
  const separator = bytes[at + 3];
  return spells(bytes, at, 'ISA') && separator !== undefined && !isBlank(separator) && !isAlphanumeric(separator);
}
