import type { FormatLimits } from './limits.ts';
import type { Fault } from './reading.ts';
import type { Source } from './source.ts';
import { isLineBreak, nextLine } from './table.ts';

/** A cell as written: its text, and where that stands, inside the quotes where it has some. */
export interface Cell {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface CsvLine {
  readonly cells: readonly Cell[];
  readonly start: number;
  readonly end: number;
  /** Where the next line begins. */
  readonly next: number;
  /** The first place of a quote that is neither around a cell nor doubled in one. */
  readonly looseQuote: number | null;
}

/** How a file separates and quotes; each one character. */
export interface CsvSyntax {
  readonly delimiter: string;
  readonly quote: string;
}

/** What stops a line from being read; the path is for the caller to say. */
export type LineFault = Pick<Fault, 'code' | 'text'> & { readonly at: number };

/** One record (RFC 4180). A quote inside a cell that does not begin with one belongs to its text. */
export function readLine(source: Source, from: number, syntax: CsvSyntax, limits: FormatLimits): CsvLine | LineFault {
  const { text } = source;
  const cells: Cell[] = [];
  const delimiter = syntax.delimiter.charCodeAt(0);
  let looseQuote: number | null = null;
  for (let at = from; ; at++) {
    if (cells.length === limits.names) {
      return { code: 'FORMAT_TOO_MANY', at, text: `A record has more than ${limits.names} cells.` };
    }
    const quoted = text[at] === syntax.quote;
    const close = quoted ? closingQuote(text, at, syntax.quote) : at;
    if (close === -1) return { code: 'FORMAT_TRUNCATED', at, text: 'The quote that begins here is not closed.' };
    const end = cellEnd(text, quoted ? close + 1 : at, delimiter);
    if (quoted && end === close + 1) cells.push(quotedCell(source, at + 1, close, syntax.quote));
    else {
      const cell = { text: source.slice(at, end), start: at, end };
      const loose = text.slice(at, end).indexOf(syntax.quote);
      if (loose !== -1) looseQuote ??= at + loose;
      cells.push(cell);
    }
    at = end;
    if (text.charCodeAt(at) !== delimiter) {
      return { cells, start: from, end: at, next: nextLine(text, at), looseQuote };
    }
  }
}

/** Where an unquoted cell ends: at the delimiter or the end of the line. */
function cellEnd(text: string, from: number, delimiter: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) !== delimiter && !isLineBreak(text.charCodeAt(at))) at++;
  return at;
}

/** The quote that closes the one at a place; -1 when none does. Doubled ones are part of the text. */
function closingQuote(text: string, open: number, quote: string): number {
  let at = text.indexOf(quote, open + 1);
  while (at !== -1 && text[at + 1] === quote) at = text.indexOf(quote, at + 2);
  return at;
}

function quotedCell(source: Source, start: number, end: number, quote: string): Cell {
  const text = source.slice(start, end);
  return { text: text.includes(quote) ? text.replaceAll(quote + quote, quote) : text, start, end };
}
