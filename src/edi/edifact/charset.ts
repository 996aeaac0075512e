import type { Charset } from '../delimiters.ts';

/** ISO 9735 gives each syntax identifier an alphabet; UNOW and UNOY are UTF-8, which is recognised wherever it stands. */
const CHARSETS: ReadonlyMap<string, Charset> = new Map([
  ['UNOD', 'iso-8859-2'],
  ['UNOE', 'iso-8859-5'],
  ['UNOF', 'iso-8859-7'],
  ['UNOG', 'iso-8859-3'],
  ['UNOH', 'iso-8859-4'],
  ['UNOI', 'iso-8859-6'],
  ['UNOJ', 'iso-8859-8'],
  ['UNOK', 'iso-8859-9'],
]);

/**
 * How bytes above 127 are read under a syntax identifier. For UNOC and those that allow none it is windows-1252: ISO 8859-1,
 * with letters where that has control characters, which is what senders mean by it.
 */
export function charsetOf(syntaxIdentifier: string): Charset {
  return CHARSETS.get(syntaxIdentifier) ?? 'windows-1252';
}
