import type { LoopNode } from '../edi/dictionary/types.ts';
import type { LoopInstance, Structure } from '../edi/structure-types.ts';

/** The levels of packing (CPS) of an EDIFACT document as rules see them. */
export interface Levels {
  readonly root: LoopInstance;
  /** Levels inside others that hold levels and do not say (7075) what they are: they are the outer packaging. */
  readonly outer: ReadonlySet<number>;
}

const NONE: ReadonlySet<number> = new Set();
const LEVEL = 'CPS';
const PACKAGES = 'PAC';
const LINES = 'LIN';
/** What a level of packing is (DE 7075), as an element of the CPS. */
const KIND = 3;

/**
 * Many senders name no parents: every package is a level at the top. Where no level holds another one, the first one is that of
 * the whole when it has no lines, and the others lie in it; when it has lines, and all have packages, they lie side by side in
 * a level that nobody wrote. Levels that do hold others stay as they are.
 */
export function levelsOf({ definition, segments, root }: Structure): Levels {
  const level = definition.root.children.find(
    (child): child is LoopNode => child.kind === 'loop' && child.hierarchical && child.name === LEVEL,
  );
  if (level === undefined) return { root, outer: NONE };
  const tops = levelsIn(root, level);
  const outer = tops.flatMap((top) => levelsIn(top, level)).flatMap((inner) => holders(inner, level));
  const untold = outer.filter(
    (segment) => segments.elementCount(segment) < KIND || segments.text(segment, KIND) === '',
  );
  return { root: nested(root, level, tops), outer: untold.length === 0 ? NONE : new Set(untold) };
}

function nested(root: LoopInstance, level: LoopNode, tops: readonly LoopInstance[]): LoopInstance {
  const [first, ...others] = tops;
  if (first === undefined || others.length === 0 || tops.some((top) => levelsIn(top, level).length > 0)) return root;
  const beside = has(first, LINES);
  if (beside && !tops.every((top) => has(top, PACKAGES))) return root;
  const whole: LoopInstance = beside
    ? { node: level, parent: root, segments: [], children: tops }
    : { ...first, children: [...first.children, ...others] };
  const rest = root.children.filter(({ node }) => node !== level);
  return { ...root, children: [...rest, whole] };
}

/** The triggers of this level and of those inside that hold levels themselves. */
function holders(instance: LoopInstance, level: LoopNode): readonly number[] {
  const inner = levelsIn(instance, level);
  const [trigger] = instance.segments;
  if (inner.length === 0 || trigger === undefined) return [];
  return [trigger, ...inner.flatMap((each) => holders(each, level))];
}

function levelsIn({ children }: LoopInstance, level: LoopNode): readonly LoopInstance[] {
  return children.filter(({ node }) => node === level);
}

function has({ children }: LoopInstance, name: string): boolean {
  return children.some(({ node }) => node.name === name);
}
