import type { Problem } from '../../../util/problem.ts';
import { type DirectoryFile, type DirectoryLine, directoryFault, linesOf } from './text.ts';

/** A segment in a message table. */
export interface MessageSegment {
  readonly kind: 'segment';
  readonly tag: string;
  readonly mandatory: boolean;
  readonly max: number;
}

/** A segment group in a message table; its first child should be its trigger. */
export interface MessageGroup {
  readonly kind: 'group';
  /** As the table numbers it. */
  readonly number: number;
  readonly mandatory: boolean;
  readonly max: number;
  readonly children: readonly MessageNode[];
}

export type MessageNode = MessageSegment | MessageGroup;

/** A message as its table draws it. */
export interface MessageTable {
  readonly type: string;
  readonly children: readonly MessageNode[];
  /** False when the marks that close groups do not fit the groups. */
  readonly balanced: boolean;
}

const TITLE = 'Segment table';
/** Position and change marks; what follows begins in the same column for both lengths of positions. */
const POSITION = /^[0-9]{4,5}[ +*#|X-]{3}/;
const SEGMENT = /^([A-Z][A-Z0-9]{2}) /;
/** Rules are C4 in code page 437, or minus signs. */
const GROUP = /^ {3,5}[\u00c4-]{3,8} Segment group {1,2}([0-9]{1,4})/;
/** From this column on a row ends: M or C, the maximum, then the boxes. Names stand before it. */
const END_COLUMN = 53;
const END = /^ {0,2}([MC]) {1,4}([0-9]{1,7})/;
/** Corners and tees, in code page 437 (D9, C1) and in ASCII. */
const CLOSING = /[\u00d9\u00c1+]/g;
/** Groups within groups; the deepest of the UN has ten. */
const MAX_DEPTH = 40;

interface OpenGroup {
  readonly number: number;
  readonly children: MessageNode[];
}

interface Row {
  readonly line: number;
  readonly content: string;
  readonly mandatory: boolean;
  readonly max: number;
  /** How many groups it closes. */
  readonly closes: number;
}

/**
 * The table of a message: it begins after the last line that says "Segment table" and ends at its UNT. Null, with a fault,
 * when there is no such table. Where the marks do not fit the groups the table is read as far as they can be followed, and
 * that is reported.
 */
export function parseMessageTable(file: DirectoryFile, type: string, faults: Problem[]): MessageTable | null {
  const lines = linesOf(file);
  const title = lines.findLastIndex(({ text }) => text.includes(TITLE));
  const rows = title < 0 ? [] : rowsOf(file, lines.slice(title + 1), faults);
  if (rows.length === 0) {
    faults.push(directoryFault(file, 1, `${type} has no segment table.`, 'The message was left out.'));
    return null;
  }
  return treeOf(file, type, rows, faults);
}

/** Numbered rows up to UNT. A name may go over several lines; maximum and boxes then stand on the last of them. */
function rowsOf(file: DirectoryFile, lines: readonly DirectoryLine[], faults: Problem[]): readonly Row[] {
  const rows: Row[] = [];
  let open: { line: number; content: string } | null = null;
  for (const { number, text } of lines) {
    const mark = POSITION.exec(text)?.[0];
    if (mark !== undefined) {
      if (open !== null) noEnd(file, open.line, faults);
      open = { line: number, content: text.slice(mark.length) };
    }
    if (open === null) continue;
    const [whole, status, max] = END.exec(text.slice(END_COLUMN)) ?? [];
    if (whole === undefined) continue;
    const boxes = text.slice(END_COLUMN + whole.length);
    const closes = boxes.match(CLOSING)?.length ?? 0;
    rows.push({ ...open, mandatory: status === 'M', max: Number(max), closes });
    if (open.content.startsWith('UNT ')) return rows;
    open = null;
  }
  faults.push(directoryFault(file, lines.at(-1)?.number ?? 1, 'The table has no UNT.', 'It was read to the end.'));
  return rows;
}

function noEnd(file: DirectoryFile, line: number, faults: Problem[]): void {
  faults.push(directoryFault(file, line, 'The row has no M or C with a maximum.', 'The row was left out.'));
}

function treeOf(file: DirectoryFile, type: string, rows: readonly Row[], faults: Problem[]): MessageTable {
  const children: MessageNode[] = [];
  const open: OpenGroup[] = [];
  let balanced = true;
  const unbalanced = (line: number, what: string): void => {
    balanced = false;
    faults.push(directoryFault(file, line, `${type}: ${what}`, 'The table was read as its marks stand; compare it.'));
  };
  let groups = 0;
  for (const { line, content, mandatory, max, closes } of rows) {
    const siblings = open.at(-1)?.children ?? children;
    const tag = SEGMENT.exec(content)?.[1];
    const group = GROUP.exec(content)?.[1];
    if (tag === 'UNT') {
      if (open.length > 0) unbalanced(line, `groups that are still open at UNT: ${open.length}.`);
      children.push({ kind: 'segment', tag, mandatory, max });
    } else if (tag !== undefined && max > 0) {
      siblings.push({ kind: 'segment', tag, mandatory, max });
      if (closes > open.length)
        unbalanced(line, `groups that end here: ${closes}, groups that are open: ${open.length}.`);
      open.length -= Math.min(closes, open.length);
    } else if (group === undefined || max === 0 || open.length >= MAX_DEPTH) {
      faults.push(directoryFault(file, line, `${type}: the row is no segment and no group.`, 'It was left out.'));
    } else {
      groups++;
      if (Number(group) !== groups) {
        const what = `${type}: a group is numbered ${group}; in its place it is number ${groups}.`;
        faults.push(directoryFault(file, line, what, 'It was taken in its place.'));
      }
      const opened = { kind: 'group' as const, number: Number(group), mandatory, max, children: [] };
      siblings.push(opened);
      open.push(opened);
    }
  }
  return { type, children, balanced };
}
