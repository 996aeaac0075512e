/** How bytes above 127 are read that are no UTF-8: names that TextDecoder knows. ISO 8859-1 is part of Windows-1252. */
export const CHARSETS = [
  'windows-1252',
  'iso-8859-2',
  'iso-8859-3',
  'iso-8859-4',
  'iso-8859-5',
  'iso-8859-6',
  'iso-8859-7',
  'iso-8859-8',
  'iso-8859-9',
] as const;

export type Charset = (typeof CHARSETS)[number];

/** The separators of one interchange, each a byte value; null where the interchange declares none. */
export interface Delimiters {
  readonly element: number;
  readonly component: number | null;
  readonly repetition: number | null;
  /** The segment terminator. */
  readonly segment: number;
  /** EDIFACT's release character; X12 has none. */
  readonly release: number | null;
  /** By the syntax identifier of EDIFACT; Windows-1252 when absent. Kept here because both are needed to make text of bytes. */
  readonly charset?: Charset;
}

/** A delimiter as it is shown to people and in JSON: the character, or null. */
export function delimiterText(byte: number | null): string | null {
  return byte === null ? null : String.fromCharCode(byte);
}
