import { isUtf8 } from 'node:buffer';
import type { Finding } from '../edi/finding.ts';
import type { FormatLimits } from './limits.ts';
import { type Fault, faultFinding } from './reading.ts';
import { markedEncoding, openSource, type Source } from './source.ts';
import { NO_ATTRIBUTES, NO_CHILDREN, type NodeKind, type TreeNode } from './tree.ts';

/** One record of a table, and what is wrong with it. */
export interface TableRecord {
  readonly node: TreeNode;
  readonly findings: readonly Finding[];
}

/** A table whose records are read as they are asked for; each iteration begins at the first one. */
export interface TableReading {
  /** Findings of the file; those of records come with the records. */
  readonly findings: readonly Finding[];
  readonly records: Iterable<TableRecord>;
}

const CONTROL = /[\u0000-\u0008\u000b\u000e-\u001f]/;

/**
 * The text of a table, and what is wrong with its bytes. Tables declare no encoding: without a byte order mark they are
 * UTF-8, or Windows-1252 where they are no UTF-8, so that no byte is lost. A fault when they are refused.
 */
export function openTable(
  bytes: Buffer,
  limits: FormatLimits,
  path: string,
): { readonly source: Source; readonly findings: readonly Finding[] } | Fault {
  if (bytes.length > limits.bytes) {
    return { code: 'FORMAT_TOO_LARGE', byte: limits.bytes, path, expected: `${limits.bytes} bytes` };
  }
  const marked = markedEncoding(bytes);
  const source = openSource(bytes, marked ?? (isUtf8(bytes) ? 'utf-8' : 'windows-1252'), path);
  if ('code' in source) return source;
  const findings: Finding[] = [];
  if (source.encoding === 'windows-1252') {
    const invalid = openSource(bytes, 'utf-8', path);
    const text = 'The text is no UTF-8; it was read as Windows-1252.';
    if ('code' in invalid) findings.push(faultFinding({ ...invalid, severity: 'note', text }));
  }
  const control = source.text.search(CONTROL);
  if (control !== -1) {
    const [byte, value] = [control * source.unit, source.text[control]];
    findings.push(faultFinding({ code: 'FORMAT_CHARACTER', byte, path, value, severity: 'accepted-with-errors' }));
  }
  return { source, findings };
}

/** A record or cell; places are given in characters of the source. */
export function tableNode(
  source: Source,
  kind: NodeKind,
  name: string,
  text: string,
  start: number,
  end: number,
  children: readonly TreeNode[] = NO_CHILDREN,
): TreeNode {
  const { unit } = source;
  return { kind, name, text, start: start * unit, end: end * unit, attributes: NO_ATTRIBUTES, children };
}

/** Where a line ends: before its CR or LF, or at the end of the text. */
export function lineEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && !isLineBreak(text.charCodeAt(at))) at++;
  return at;
}

/** The start of the next line, from the end of one: behind CR, LF or both. */
export function nextLine(text: string, end: number): number {
  return text[end] === '\r' && text[end + 1] === '\n' ? end + 2 : end + 1;
}

/** CR or LF. */
export function isLineBreak(code: number): boolean {
  return code === 0x0a || code === 0x0d;
}
