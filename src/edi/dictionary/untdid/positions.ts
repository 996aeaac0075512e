import type { Problem } from '../../../util/problem.ts';
import { type Format, parseFormat } from './format.ts';
import { type DirectoryFile, type DirectoryLine, directoryFault, type Section } from './text.ts';

/** A numbered row of a segment or a composite. */
export interface DataPosition {
  /** `C817`, `3164`. */
  readonly id: string;
  readonly mandatory: boolean;
  readonly repeat: number;
  /** Null for a composite. */
  readonly format: Format | null;
  readonly line: number;
}

/** Position, change marks, id. Rows marked as deleted have no position. */
const ROW = /^([0-9]{3})[ +*#|X-]{3,5}([A-Z][0-9]{3}|[0-9]{4}) /;
/** From this column on a row ends with M or C, a repeat, a format; names stand before it. */
const END_COLUMN = 45;
const REPEAT = /^[1-9][0-9]{0,4}$/;

type RowEnd = Pick<DataPosition, 'mandatory' | 'repeat' | 'format'>;

/** The numbered rows of a section, in order. A name may go over several lines; the row then ends on the last of them. */
export function positionsOf(file: DirectoryFile, { head, body }: Section, faults: Problem[]): readonly DataPosition[] {
  const positions: DataPosition[] = [];
  const owner = head.text.trim();
  const noEnd = (line: number) => {
    faults.push(directoryFault(file, line, `A row of "${owner}" has no M or C.`, 'The row was left out.'));
  };
  let open: { id: string; line: number } | null = null;
  for (const { number, text } of body) {
    const [, position, id] = ROW.exec(text) ?? [];
    if (position !== undefined && id !== undefined) {
      if (open !== null) noEnd(open.line);
      open = { id, line: number };
      const expected = String((positions.length + 1) * 10).padStart(3, '0');
      if (position !== expected) {
        const what = `A row of "${owner}" has position ${position}; it should be ${expected}.`;
        faults.push(directoryFault(file, number, what, 'The rows were taken in their order.'));
      }
    }
    const end = open === null ? null : rowEnd(text);
    if (open === null || end === null) continue;
    positions.push({ ...open, ...end });
    open = null;
  }
  if (open !== null) noEnd(open.line);
  return positions;
}

/** `C`, `C 5`, `M 1 an..35` or `C an..3` at the end of a line; null when the line does not end so. */
function rowEnd(text: string): RowEnd | null {
  const words = text
    .slice(END_COLUMN)
    .split(' ')
    .filter((word) => word !== '');
  const format = parseFormat(words.at(-1) ?? '');
  if (format !== null) words.pop();
  const repeat = REPEAT.test(words.at(-1) ?? '') ? Number(words.pop()) : 1;
  const status = words.at(-1);
  return status === 'M' || status === 'C' ? { mandatory: status === 'M', repeat, format } : null;
}

const HEAD = /^[ +*#|X-]{5,7}([A-Z][A-Z0-9]{2,3}) {1,4}[^ ]/;

/** The tag or id that a section describes; null for the page's own heading. */
export function describedBy({ text }: DirectoryLine): string | null {
  return HEAD.exec(text)?.[1] ?? null;
}
