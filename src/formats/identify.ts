import { detectDelimiter } from './csv-delimiter.ts';
import { markedEncoding } from './source.ts';

/** What a file is, by its first bytes. */
export type Format = 'x12' | 'edifact' | 'xml' | 'json' | 'csv' | 'unknown';

/** So many bytes suffice. */
export const HEAD_BYTES = 8192;

const BYTE_ORDER_MARK_BYTES = 3;
const PADDING = /^[\ufeff\s\0\u001a]*/;
const X12 = /^ISA[^A-Za-z0-9\s]/;
const EDIFACT = /^(?:UNA[^A-Za-z0-9\s]|UNB[^A-Za-z0-9\s])/;
const HEADER_WITHIN = /[\r\n](?:ISA|UNA|UNB)[^A-Za-z0-9\s]/;
const XML = /^<[?!A-Za-z_:\u0080-\uffff]/;
const JSON_VALUE = /^(?:\{\s*(?:["}]|$)|\[\s*(?:["{}[\]\-0-9tfn]|$))/;
const BINARY = /[\u0000-\u0008\u000e-\u001f]/;

/**
 * The format of a file by its first bytes (`HEAD_BYTES` of them, or all there are); a byte order mark and blanks before it
 * are passed over. CSV is what has two lines or more with the same delimiter in each, or as often in most as in the first, and
 * no header of an interchange.
 */
export function identifyFormat(head: Buffer): Format {
  const text = headText(head);
  if (X12.test(text)) return 'x12';
  if (EDIFACT.test(text)) return 'edifact';
  if (XML.test(text)) return 'xml';
  if (JSON_VALUE.test(text)) return 'json';
  if (BINARY.test(text) || HEADER_WITHIN.test(text)) return 'unknown';
  // The last line may be cut off.
  const whole = head.length < HEAD_BYTES ? text : text.slice(0, text.lastIndexOf('\n') + 1);
  const { fewest, first, alike, lines } = detectDelimiter(whole, 0, '"');
  const isTable = fewest > 0 || (first > 0 && 2 * alike > lines);
  return isTable && lines > 1 ? 'csv' : 'unknown';
}

/** The head without padding; bytes stand for themselves unless they are UTF-16. */
function headText(head: Buffer): string {
  return charactersOf(head).replace(PADDING, '');
}

function charactersOf(head: Buffer): string {
  const even = head.subarray(0, head.length - (head.length % 2));
  switch (markedEncoding(head)) {
    case 'utf-16le':
      return even.toString('utf16le');
    case 'utf-16be':
      return Buffer.from(even).swap16().toString('utf16le');
    case 'utf-8':
      return head.toString('latin1', BYTE_ORDER_MARK_BYTES);
    default:
      return head.toString('latin1');
  }
}
