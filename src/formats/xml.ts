import { XMLValidator } from 'fast-xml-parser';
import { FORMAT_LIMITS, type FormatLimits } from './limits.ts';
import { type FormatReading, refused } from './reading.ts';
import { openSource, type Source } from './source.ts';
import { xmlEncoding } from './xml-declaration.ts';
import { XmlReader } from './xml-reader.ts';
import { unifyLines } from './xml-text.ts';

const BLANK_START = /^[\ufeff \t\r\n]*/;

/**
 * The tree of an XML document. Elements keep their prefixes. An element has either a text (with CDATA in it) or
 * children; text between child elements is a child itself, blank text there is not kept. Document types and entities of
 * its own are refused. Never throws; the time grows with the size.
 *
 * The reader bounds depth and size, knows the place of everything and refuses what is not closed. fast-xml-parser then
 * has the say on names, attributes and references; it comes second because it bounds nothing.
 */
export function readXml(bytes: Buffer, limits: FormatLimits = FORMAT_LIMITS): FormatReading {
  if (bytes.length > limits.bytes) {
    return refused({ code: 'FORMAT_TOO_LARGE', byte: limits.bytes, path: 'xml', expected: `${limits.bytes} bytes` });
  }
  const encoding = xmlEncoding(bytes);
  if (typeof encoding === 'object') return refused(encoding);
  const source = openSource(bytes, encoding, 'xml');
  if ('code' in source) return refused(source);
  const root = new XmlReader(source, limits).read();
  if ('code' in root) return refused(root);
  return validated(source) ?? { root, findings: [] };
}

/** What the library refuses; null when it refuses nothing. */
function validated(source: Source): FormatReading | null {
  const whole = source.slice(0, source.text.length);
  const begin = BLANK_START.exec(whole)?.[0].length ?? 0;
  const text = whole.slice(begin);
  const verdict = XMLValidator.validate(text);
  if (verdict === true) return null;
  const { line, col, msg } = verdict.err;
  const before = whole.slice(0, begin + placeOf(text, line, col));
  const byte = source.encoding === 'utf-8' ? Buffer.byteLength(before) : before.length * source.unit;
  return refused({ code: 'FORMAT_SYNTAX', byte, path: 'xml', text: unifyLines(msg) });
}

/** The place of a line and column, both from 1. */
function placeOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let passed = 1; passed < line; passed++) start = text.indexOf('\n', start) + 1;
  return Math.min(text.length, start + Math.max(0, column - 1));
}
