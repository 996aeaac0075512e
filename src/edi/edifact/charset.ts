import type { Charset } from '../delimiters.ts';
import type { WriteCharset } from '../encoder.ts';

/**
 * ISO 9735 gives each syntax identifier an alphabet; UNOW and UNOY are UTF-8, which is recognised wherever it stands. UNOX
 * changes its alphabet by escape sequences, which are neither read nor written.
 */
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

/** The charset that a syntax identifier names; of UNOX and unknown ones what all charsets share. */
export function writeCharsetOf(syntaxIdentifier: string): WriteCharset {
  switch (syntaxIdentifier) {
    case 'UNOA':
      return 'level-a';
    case 'UNOC':
      return 'iso-8859-1';
    case 'UNOW':
    case 'UNOY':
      return 'utf-8';
    default: {
      const charset = charsetOf(syntaxIdentifier);
      return charset === 'windows-1252' ? 'level-b' : charset;
    }
  }
}
