import type { LoopNode, SegmentNode } from './dictionary/types.ts';
import type { Standard } from './envelope.ts';
import type { PlainElement, PlainSegment } from './plain-segment.ts';

/** One occurrence of a loop of a document to be written: the counterpart of a `LoopInstance` that was read. */
export interface DocumentLoop {
  readonly node: LoopNode;
  /** Its own segments in any order; those of equal tags keep theirs. Those of the root are without header and trailer. */
  readonly segments: readonly PlainSegment[];
  /** Loops inside; of equal ones in their order. One of the same node is a level below: a child HL or CPS. */
  readonly loops: readonly DocumentLoop[];
}

/** Levels: where the number of a loop and of the one above it stand, and a sign that there are levels below it. */
const LEVELS: Readonly<Record<Standard, Levels>> = {
  x12: { tag: 'HL', number: 1, parent: 2, hasChildren: 4 },
  edifact: { tag: 'CPS', number: 1, parent: 2, hasChildren: null },
};

interface Levels {
  readonly tag: string;
  readonly number: number;
  readonly parent: number;
  readonly hasChildren: number | null;
}

/** Loops that carry a running number as their first element: LX01, S501; CNI 1490, LIN 1082. */
const COUNTED: Readonly<Record<Standard, ReadonlySet<string>>> = {
  x12: new Set(['LX', 'S5']),
  edifact: new Set(['CNI', 'LIN']),
};

/**
 * The segments of a document between header and trailer, in the order of its set, with the numbers that the engine makes:
 * HL01, HL02 and HL04; CPS 7164 and 7166; LX01, S501, CNI 1490 and LIN 1082 where the segment says none. Numbers run from 1
 * through the whole document. Those of the loops in `said` are the caller's, also where it gives none. A numbered loop may come
 * without its trigger. What a loop has no place for stands at its end, where the check finds it.
 */
export function documentSegments(
  standard: Standard,
  root: DocumentLoop,
  said: ReadonlySet<LoopNode> = new Set(),
): readonly PlainSegment[] {
  const written: PlainSegment[] = [];
  const last = new Map<string, number>();
  const levels = LEVELS[standard];
  const next = (tag: string): string => {
    const number = (last.get(tag) ?? 0) + 1;
    last.set(tag, number);
    return String(number);
  };
  const write = (loop: DocumentLoop, parent: string): void => {
    const { node, loops } = loop;
    const byNode = Map.groupBy(loops, (child) => child.node);
    const below = byNode.get(node) ?? [];
    const isLevel = node.name === levels.tag;
    const isCounted = COUNTED[standard].has(node.name);
    const number = isLevel || (isCounted && !said.has(node)) ? next(node.name) : '';
    const trigger = (given: PlainSegment | undefined): PlainSegment | undefined => {
      if (isLevel) return levelSegment(given ?? [levels.tag], number, parent, below.length > 0, levels);
      if (!isCounted) return given;
      const [, first = '', ...rest] = given ?? [node.name];
      const filled = first === '' ? number : first;
      return filled === '' && rest.length === 0 ? [node.name] : [node.name, filled, ...rest];
    };
    const waiting = waitingSegments(loop);
    for (const child of node.children) {
      if (child.kind === 'segment') {
        const [first, ...others] = waiting.take(child);
        const head = child === node.children[0] ? trigger(first) : first;
        if (head !== undefined) written.push(head, ...others);
      } else {
        for (const one of byNode.get(child) ?? []) write(one, '');
        byNode.delete(child);
      }
    }
    byNode.delete(node);
    written.push(...waiting.rest());
    for (const one of [...byNode.values()].flat()) write(one, '');
    for (const one of below) write(one, number);
  };
  write(root, '');
  return written;
}

/** The segments of a loop that are still to be written. */
interface WaitingSegments {
  /** Those for a place: as many as fit, where another place of their tag follows; else all. */
  take(place: SegmentNode): readonly PlainSegment[];
  rest(): readonly PlainSegment[];
}

function waitingSegments({ node, segments }: DocumentLoop): WaitingSegments {
  const waiting = Map.groupBy(segments, ([tag]) => tag);
  const isLast = (place: SegmentNode): boolean =>
    node.children.findLast((child) => child.kind === 'segment' && child.tag === place.tag) === place;
  return {
    take(place) {
      const all = waiting.get(place.tag) ?? [];
      const count = all.length <= place.max || isLast(place) ? all.length : place.max;
      waiting.set(place.tag, all.slice(count));
      return all.slice(0, count);
    },
    rest: () => [...waiting.values()].flat(),
  };
}

function levelSegment(
  given: PlainSegment,
  number: string,
  parent: string,
  hasChildren: boolean,
  places: Levels,
): PlainSegment {
  const [tag, ...elements] = given;
  const made: PlainElement[] = [...elements];
  const set = (position: number, value: string): void => {
    while (made.length < position) made.push('');
    made[position - 1] = value;
  };
  set(places.number, number);
  set(places.parent, parent);
  if (places.hasChildren !== null) set(places.hasChildren, hasChildren ? '1' : '0');
  return [tag, ...made];
}
