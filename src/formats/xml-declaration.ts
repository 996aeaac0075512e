import type { Fault } from './reading.ts';
import { type Encoding, markedEncoding } from './source.ts';

/** A declaration fits in here. */
const HEAD = 256;

const DECLARED = /^[\u00ef\u00bb\u00bf \t\r\n]*<\?xml[ \t\r\n][^>?]*?encoding[ \t\r\n]*=[ \t\r\n]*["']([^"'>]*)["']/;

/** How encodings are named that are read. US-ASCII is a part of all. */
const ENCODINGS: ReadonlyMap<string, Encoding> = new Map([
  ['utf-8', 'utf-8'],
  ['utf8', 'utf-8'],
  ['us-ascii', 'utf-8'],
  ['iso-8859-1', 'windows-1252'],
  ['latin1', 'windows-1252'],
  ['windows-1252', 'windows-1252'],
  ['cp1252', 'windows-1252'],
  ['windows-1250', 'windows-1250'],
  ['windows-1251', 'windows-1251'],
  ['windows-1254', 'windows-1254'],
  ['iso-8859-9', 'windows-1254'],
  ['iso-8859-2', 'iso-8859-2'],
  ['iso-8859-5', 'iso-8859-5'],
  ['iso-8859-15', 'iso-8859-15'],
]);

/** The encoding of an XML document: its byte order mark, else its declaration, else UTF-8. */
export function xmlEncoding(bytes: Buffer): Encoding | Fault {
  const marked = markedEncoding(bytes);
  if (marked !== null) return marked;
  const value = DECLARED.exec(bytes.latin1Slice(0, Math.min(bytes.length, HEAD)))?.[1];
  if (value === undefined) return 'utf-8';
  const encoding = ENCODINGS.get(value.toLowerCase());
  if (encoding !== undefined) return encoding;
  const text = value.toLowerCase().startsWith('utf-16')
    ? 'The document says UTF-16 and is not.'
    : 'Documents in this encoding are not read.';
  return { code: 'FORMAT_ENCODING', byte: 0, path: 'xml', value, text, expected: 'UTF-8 or UTF-16' };
}
