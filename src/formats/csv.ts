import type { Finding } from '../edi/finding.ts';
import { detectDelimiter } from './csv-delimiter.ts';
import { type Cell, type CsvLine, type CsvSyntax, type LineFault, readLine } from './csv-record.ts';
import { type FormatLimits, TABLE_LIMITS } from './limits.ts';
import { faultFinding } from './reading.ts';
import type { Source } from './source.ts';
import { openTable, type TableReading, type TableRecord, tableNode } from './table.ts';

export interface CsvOptions {
  /** One character; detected when absent. */
  readonly delimiter?: string;
  /** One character; `"` when absent. */
  readonly quote?: string;
  /** False when the first record is data; columns are then named by their position, from 1. */
  readonly header?: boolean;
}

export interface CsvReading extends TableReading {
  readonly delimiter: string;
  /** Names of the cells; blanks around are taken away, a column without name has its position. */
  readonly columns: readonly string[];
}

/**
 * A table of delimited cells (RFC 4180; CRLF, LF or CR). Empty lines are passed over; a record with more or fewer cells
 * than columns is told and read: cells too many are named by their position. Records end at a quote that is not closed.
 * Never throws; the time grows with the size.
 */
export function readCsv(bytes: Buffer, options: CsvOptions = {}, limits: FormatLimits = TABLE_LIMITS): CsvReading {
  const table = openTable(bytes, limits, 'csv');
  if ('code' in table) {
    return { delimiter: options.delimiter ?? ',', columns: [], findings: [faultFinding(table)], records: [] };
  }
  const { source } = table;
  const quote = options.quote ?? '"';
  const delimiter = options.delimiter ?? detectDelimiter(source.text, source.begin, quote).delimiter;
  const syntax = { delimiter, quote };
  const begin = firstLine(source);
  if (begin === source.text.length) {
    const findings = [...table.findings, faultFinding({ code: 'EMPTY_FILE', byte: 0, path: 'csv' })];
    return { delimiter, columns: [], findings, records: [] };
  }
  const first = readLine(source, begin, syntax, limits);
  if ('code' in first) {
    const findings = [...table.findings, lineFinding(source, first, 'csv')];
    return { delimiter, columns: [], findings, records: [] };
  }
  const named = options.header !== false;
  const columns = first.cells.map(({ text }, index) => (named && text.trim() !== '' ? text.trim() : `${index + 1}`));
  const findings = [...table.findings, ...headerFindings(source, columns, first.cells)];
  const from = named ? first.next : first.start;
  const records = { [Symbol.iterator]: () => readRecords(source, from, syntax, columns, limits) };
  return { delimiter, columns, findings, records };
}

function* readRecords(
  source: Source,
  from: number,
  syntax: CsvSyntax,
  columns: readonly string[],
  limits: FormatLimits,
): Generator<TableRecord, void> {
  let count = 0;
  for (let at = from; at < source.text.length; ) {
    const line = readLine(source, at, syntax, limits);
    const path = `csv/record[${count + 1}]`;
    if ('code' in line) {
      const node = tableNode(source, 'record', 'record', '', at, source.text.length);
      yield { node, findings: [lineFinding(source, line, path)] };
      return;
    }
    at = line.next;
    if (line.end === line.start) continue;
    count++;
    yield { node: recordNode(source, line, columns), findings: recordFindings(source, line, columns, path) };
  }
}

function recordNode(source: Source, { cells, start, end }: CsvLine, columns: readonly string[]) {
  const children = cells.map((cell, index) =>
    tableNode(source, 'text', columns[index] ?? `${index + 1}`, cell.text, cell.start, cell.end),
  );
  return tableNode(source, 'record', 'record', '', start, end, children);
}

function recordFindings(
  source: Source,
  { cells, start, looseQuote }: CsvLine,
  columns: readonly string[],
  path: string,
): readonly Finding[] {
  const findings: Finding[] = [];
  if (looseQuote !== null) {
    findings.push(faultFinding({ code: 'FORMAT_QUOTE', byte: looseQuote * source.unit, path }));
  }
  if (cells.length !== columns.length) {
    const value = `${cells.length} cells`;
    const expected = `${columns.length} cells`;
    findings.push(faultFinding({ code: 'FORMAT_RECORD_RAGGED', byte: start * source.unit, path, value, expected }));
  }
  return findings;
}

function headerFindings(source: Source, columns: readonly string[], cells: readonly Cell[]): readonly Finding[] {
  const seen = new Set<string>();
  return columns.flatMap((value, index) => {
    const repeated = seen.has(value);
    seen.add(value);
    if (!repeated) return [];
    const byte = (cells[index]?.start ?? 0) * source.unit;
    return [faultFinding({ code: 'FORMAT_NAME_REPEATED', byte, path: 'csv/header', value })];
  });
}

function lineFinding({ unit }: Source, { at, ...fault }: LineFault, path: string): Finding {
  return faultFinding({ ...fault, byte: at * unit, path });
}

/** The first line that is not empty. */
function firstLine({ text, begin }: Source): number {
  let at = begin;
  while (text[at] === '\n' || text[at] === '\r') at++;
  return at;
}
