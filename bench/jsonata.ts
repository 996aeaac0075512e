import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import jsonata from 'jsonata';
import type { Segments } from '../src/edi/segments.ts';
import type { LoopInstance } from '../src/edi/structure-types.ts';

/** A segment as JSON: its elements by their two digits, empty ones left out. */
type SegmentTree = Readonly<Record<string, string>>;

/** A loop as JSON: `self` is the segment that begins it, then its other segments and the loops inside by their tags. */
interface LoopTree {
  [tag: string]: SegmentTree | (SegmentTree | LoopTree)[];
}

/** What somebody does who maps with JSONata: the document as a tree of objects, and one expression over it. */
export interface JsonataMap {
  /** The data of the event that the expression makes of a document. */
  dataOf(root: LoopInstance, segments: Segments): Promise<unknown>;
}

/** The expression of `ship-notice.jsonata`, which knows the fields and codes that the generated ship notices have. */
export function createJsonataMap(): JsonataMap {
  const expression = jsonata(readFileSync(new URL('ship-notice.jsonata', import.meta.url), 'utf8'));
  return { dataOf: async (root, segments) => expression.evaluate(treeOf(root, segments)) };
}

/** Throws where the two differ. JSONata marks its lists with keys of its own, so both are compared as JSON. */
export function assertSame(ours: unknown, theirs: unknown): void {
  const [mine, other] = [ours, theirs].map((data): unknown => JSON.parse(JSON.stringify(data)));
  if (!isDeepStrictEqual(mine, other)) {
    throw new Error(`The map and JSONata differ:\n${JSON.stringify(mine)}\n${JSON.stringify(other)}`);
  }
}

function treeOf({ segments: own, children }: LoopInstance, segments: Segments): LoopTree {
  const [first, ...others] = own;
  const tree: LoopTree = first === undefined ? {} : { self: segmentTree(segments, first) };
  const add = (tag: string, entry: SegmentTree | LoopTree): void => {
    const list = tree[tag];
    if (Array.isArray(list)) list.push(entry);
    else tree[tag] = [entry];
  };
  for (const segment of others) add(segments.tag(segment), segmentTree(segments, segment));
  for (const child of children) add(child.node.name, treeOf(child, segments));
  return tree;
}

function segmentTree(segments: Segments, segment: number): SegmentTree {
  const tree: Record<string, string> = {};
  for (let element = 1; element <= segments.elementCount(segment); element++) {
    const text = segments.text(segment, element);
    if (text !== '') tree[String(element).padStart(2, '0')] = text;
  }
  return tree;
}
