import type { Encoder } from '../edi/encoder.ts';
import { cellTexts, checkText } from './write-record.ts';
import { type FormatWriting, formatEncoder, type PlainNode, Refusals, type WriteEncoding } from './writing.ts';

export interface CsvWriteOptions {
  /** Names of the cells, in their order. */
  readonly columns: readonly string[];
  /** One character of ASCII; `,` when absent. */
  readonly delimiter?: string;
  /** One character of ASCII; `"` when absent. */
  readonly quote?: string;
  /** False when the names are not written as the first record. */
  readonly header?: boolean;
  /** CRLF when absent, as RFC 4180 wants it. */
  readonly lineBreak?: '\n' | '\r\n';
  /** `utf-8` when absent. */
  readonly encoding?: WriteEncoding;
  /** Quotes every cell; else those that need it. */
  readonly quoteAll?: boolean;
}

/** Each can be told apart from data and from line ends. */
const MARK = /^[\t!-/:-@[-`{-~]$/;

/**
 * Writes a table (RFC 4180): records whose children are cells, named by column. A cell that a record has not is empty; one
 * of no column is refused. What is written is read as the same cells with the same options.
 */
export function writeCsv(records: Iterable<PlainNode>, options: CsvWriteOptions): FormatWriting {
  const { columns, delimiter = ',', quote = '"', header = true, lineBreak = '\r\n', encoding = 'utf-8' } = options;
  const refusals = new Refusals();
  if (!MARK.test(delimiter) || !MARK.test(quote) || delimiter === quote) {
    refusals.add(
      'value',
      'csv',
      delimiter + quote,
      'cannot be delimiter and quote. Choose two different signs, as in ; and ".',
    );
  }
  checkColumns(columns, header, refusals);
  const encoder = formatEncoder(encoding);
  const plain = new RegExp(`^[^${escaped(delimiter)}${escaped(quote)}\\r\\n]*$`);
  const cell = (text: string): string =>
    options.quoteAll !== true && plain.test(text) && text.trim() === text
      ? text
      : quote + text.replaceAll(quote, quote + quote) + quote;
  const line = (texts: readonly string[]): string => {
    const written = texts.map(cell).join(delimiter);
    // An empty line is no record.
    return (written === '' ? quote + quote : written) + lineBreak;
  };
  const lines = header ? [line(columns)] : [];
  if (header) for (const name of columns) checkCell(name, 'csv/header', encoder, refusals);
  let count = 0;
  for (const record of records) {
    const path = `csv/record[${++count}]`;
    const texts = cellTexts(record, columns, path, refusals);
    for (const [index, text] of texts.entries()) checkCell(text, `${path}/${columns[index]}`, encoder, refusals);
    lines.push(line(texts));
  }
  return refusals.result(() => encoder.encode(lines.join('')));
}

/** Names as a reader gives them: without blanks around, each once; without header they are positions. */
function checkColumns(columns: readonly string[], header: boolean, refusals: Refusals): void {
  const seen = new Set<string>();
  for (const [index, name] of columns.entries()) {
    if (seen.has(name)) refusals.add('repeated', 'csv/header', name, 'names two columns. Give each its own name.');
    seen.add(name);
    if (name === '' || name.trim() !== name) {
      refusals.add('name', 'csv/header', name, 'is no name of a column. Write one without blanks around it.');
    }
    if (!header && name !== `${index + 1}`) {
      refusals.add(
        'name',
        'csv',
        name,
        `names a column of a table without header. Name it by its position, ${index + 1}.`,
      );
    }
  }
  if (columns.length === 0) refusals.add('name', 'csv', '', 'are all the columns. Name one at least.');
}

function checkCell(text: string, path: string, encoder: Encoder, refusals: Refusals): void {
  checkText(text, /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/, path, encoder, refusals);
}

function escaped(mark: string): string {
  return mark.replace(/[\\\]^-]/g, '\\$&');
}
