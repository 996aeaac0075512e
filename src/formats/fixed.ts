import type { Finding } from '../edi/finding.ts';
import type { FixedField, FixedLayout, FixedRecord } from './fixed-layout.ts';
import { type FormatLimits, TABLE_LIMITS } from './limits.ts';
import { faultFinding } from './reading.ts';
import type { Source } from './source.ts';
import { lineEnd, nextLine, openTable, type TableReading, type TableRecord, tableNode } from './table.ts';
import type { TreeNode } from './tree.ts';

const SURROGATE = /[\ud800-\udfff]/;

/** A line, and where its characters stand; of an ASCII line one after the other. */
interface Line {
  readonly start: number;
  readonly end: number;
  /** Where each character begins, and the end; null when every character is one unit. */
  readonly places: readonly number[] | null;
}

/**
 * The records of a fixed-width file, one a line. A field that lies behind the end of its line is empty: many programs cut
 * blanks off. Empty lines are passed over; a line of no known record is told and passed over. Never throws.
 */
export function readFixedWidth(bytes: Buffer, layout: FixedLayout, limits: FormatLimits = TABLE_LIMITS): TableReading {
  const table = openTable(bytes, limits, 'fixed');
  if ('code' in table) return { findings: [faultFinding(table)], records: [] };
  const { source, findings } = table;
  return { findings, records: { [Symbol.iterator]: () => readRecords(source, layout) } };
}

function* readRecords(source: Source, layout: FixedLayout): Generator<TableRecord, void> {
  const byTag = new Map(layout.records.map((record) => [record.tag, record]));
  let count = 0;
  for (let at = source.begin; at < source.text.length; ) {
    const line = lineAt(source, at, lineEnd(source.text, at));
    at = nextLine(source.text, line.end);
    if (source.text.slice(line.start, line.end).trim() === '') continue;
    const path = `fixed/record[${++count}]`;
    const tag = layout.tag === undefined ? undefined : textAt(source, line, layout.tag.from, layout.tag.length).trim();
    const record = byTag.get(tag);
    if (record === undefined) {
      const byte = line.start * source.unit;
      const finding = faultFinding({ code: 'FORMAT_RECORD_UNKNOWN', byte, path, value: tag });
      yield { node: tableNode(source, 'record', '', '', line.start, line.end), findings: [finding] };
    } else yield { node: recordNode(source, line, record), findings: lengthFindings(source, line, record, path) };
  }
}

function recordNode(source: Source, line: Line, { name, fields }: FixedRecord): TreeNode {
  const children = fields.map((field) => fieldNode(source, line, field));
  return tableNode(source, 'record', name, '', line.start, line.end, children);
}

function fieldNode(source: Source, line: Line, { name, from, length, trim = 'both' }: FixedField): TreeNode {
  let start = placeOf(line, from);
  let end = placeOf(line, from + length);
  const blank = (at: number): boolean => source.text[at] === ' ';
  if (trim === 'both' || trim === 'end') while (end > start && blank(end - 1)) end--;
  if (trim === 'both' || trim === 'start') while (start < end && blank(start)) start++;
  return tableNode(source, 'text', name, source.slice(start, end), start, end);
}

/** What lies behind the last field and is not blank would be lost in silence. */
function lengthFindings(source: Source, line: Line, { fields }: FixedRecord, path: string): readonly Finding[] {
  const start = placeOf(line, Math.max(...fields.map(({ from, length }) => from + length)));
  const value = source.slice(start, line.end).trimEnd();
  if (value === '') return [];
  return [faultFinding({ code: 'FORMAT_RECORD_LENGTH', byte: start * source.unit, path, value })];
}

function textAt(source: Source, line: Line, from: number, length: number): string {
  return source.slice(placeOf(line, from), placeOf(line, from + length));
}

/** Where a character of a line, counted from 1, begins in the text; the end of the line where there is none. */
function placeOf({ start, end, places }: Line, character: number): number {
  return places === null ? Math.min(end, start + character - 1) : (places[character - 1] ?? end);
}

function lineAt(source: Source, start: number, end: number): Line {
  const decoded = source.slice(start, end);
  // A character of several bytes is fewer units as text.
  const plain = source.encoding === 'utf-8' ? decoded.length === end - start : !SURROGATE.test(decoded);
  if (plain) return { start, end, places: null };
  const places: number[] = [];
  let at = start;
  for (const character of decoded) {
    places.push(at);
    at += source.unit === 2 ? character.length : Buffer.byteLength(character);
  }
  return { start, end, places };
}
