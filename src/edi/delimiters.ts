/** The separators of one interchange, each a byte value; null where the interchange declares none. */
export interface Delimiters {
  readonly element: number;
  readonly component: number | null;
  readonly repetition: number | null;
  /** The segment terminator. */
  readonly segment: number;
  /** EDIFACT's release character; X12 has none. */
  readonly release: number | null;
}

/** A delimiter as it is shown to people and in JSON: the character, or null. */
export function delimiterText(byte: number | null): string | null {
  return byte === null ? null : String.fromCharCode(byte);
}
