import type { LoopNode } from './dictionary/types.ts';
import type { Segments } from './segments.ts';

/** A loop instance while the structure is being made. */
export interface GrowingInstance {
  readonly node: LoopNode;
  readonly parent: GrowingInstance | null;
  readonly segments: number[];
  readonly children: GrowingInstance[];
}

/** What is wrong with an HL (or CPS): its number is used twice, its parent is no earlier one, or it lies too deep. */
export type HierarchyFault = 'number-repeated' | 'parent-unknown' | 'too-deep';

/** Levels of HL under each other, so that nobody who walks the tree runs out of stack. */
export const HIERARCHY_DEPTH = 64;

/** The HLs of one document, by their numbers. */
export interface Hierarchy {
  /** Where an HL belongs: the HL that HL02 names, else `top`. Remembers it by `remember`. */
  parentOf(segments: Segments, segment: number): { parent: GrowingInstance; fault: HierarchyFault | null };
  /** Makes an HL known by its HL01, after its instance was made. */
  remember(instance: GrowingInstance): void;
}

/** An empty hierarchy whose first levels stand under `top`. Every step takes the same time, however deep the tree is. */
export function createHierarchy(top: GrowingInstance): Hierarchy {
  const known = new Map<string, { instance: GrowingInstance; depth: number }>();
  let number = '';
  let depth = 1;
  let repeated = false;
  return {
    parentOf(segments, segment) {
      number = segments.text(segment, 1);
      const parentNumber = segments.text(segment, 2);
      const parent = parentNumber === '' ? undefined : known.get(parentNumber);
      repeated = known.has(number);
      depth = (parent?.depth ?? 0) + 1;
      const fault = faultOf(repeated, parentNumber !== '' && parent === undefined, depth);
      if (fault !== null) depth = 1;
      return { parent: fault === null && parent !== undefined ? parent.instance : top, fault };
    },
    remember(instance) {
      if (!repeated) known.set(number, { instance, depth });
    },
  };
}

function faultOf(repeated: boolean, parentUnknown: boolean, depth: number): HierarchyFault | null {
  if (repeated) return 'number-repeated';
  if (parentUnknown) return 'parent-unknown';
  return depth > HIERARCHY_DEPTH ? 'too-deep' : null;
}
