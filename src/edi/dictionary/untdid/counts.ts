import type { Directory } from './directory.ts';
import type { MessageNode } from './messages.ts';

/** How much of everything a directory holds, to be compared with what its publisher says. */
export interface DirectoryCounts {
  readonly messages: number;
  /** Rows with a segment, UNH and UNT included. */
  readonly segmentRows: number;
  readonly segmentGroups: number;
  readonly segments: number;
  readonly segmentPositions: number;
  readonly composites: number;
  readonly components: number;
  readonly elements: number;
  /** Elements with listed codes. */
  readonly codeLists: number;
  readonly codes: number;
}

/** Counts a directory as it was read. */
export function countDirectory(directory: Directory): DirectoryCounts {
  const trees = directory.messages.map(({ children }) => countMessage(children));
  return {
    messages: directory.messages.length,
    segmentRows: sum(trees.map(({ rows }) => rows)),
    segmentGroups: sum(trees.map(({ groups }) => groups)),
    segments: directory.segments.size,
    segmentPositions: sum([...directory.segments.values()].map(({ length }) => length)),
    composites: directory.composites.size,
    components: sum([...directory.composites.values()].map(({ length }) => length)),
    elements: directory.elements.size,
    codeLists: directory.codes.size,
    codes: sum([...directory.codes.values()].map(({ length }) => length)),
  };
}

/** Segment rows, groups, and how deep they lie: 1 without groups. */
export function countMessage(children: readonly MessageNode[]): { rows: number; groups: number; depth: number } {
  const counts = { rows: 0, groups: 0, depth: 1 };
  for (const child of children) {
    if (child.kind === 'segment') counts.rows++;
    else {
      const inside = countMessage(child.children);
      counts.rows += inside.rows;
      counts.groups += inside.groups + 1;
      counts.depth = Math.max(counts.depth, inside.depth + 1);
    }
  }
  return counts;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
