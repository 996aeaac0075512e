import type { LoopNode } from './dictionary/types.ts';
import type { Segments } from './segments.ts';

/** A loop instance while the structure is being made. */
export interface GrowingInstance {
  readonly node: LoopNode;
  readonly parent: GrowingInstance | null;
  readonly segments: number[];
  /** The one empty list until the first child comes: most loops have none. */
  children: GrowingInstance[];
}

const NO_CHILDREN: GrowingInstance[] = [];

/** A loop instance that begins with a segment; it becomes the last child of its parent. */
export function growInstance(node: LoopNode, parent: GrowingInstance, segment: number): GrowingInstance {
  const instance = { node, parent, segments: [segment], children: NO_CHILDREN };
  if (parent.children === NO_CHILDREN) parent.children = [instance];
  else parent.children.push(instance);
  return instance;
}

/** What is wrong with an HL (or CPS): its number is used twice, its parent is no earlier one, or it lies too deep. */
export type HierarchyFault = 'number-repeated' | 'parent-unknown' | 'too-deep';

/** Levels of HL under each other, so that nobody who walks the tree runs out of stack. */
export const HIERARCHY_DEPTH = 64;

const DIGIT_0 = 0x30;
/** Numbers up to here are small integers to the engine. */
const MOST_DIGITS = 9;

/** The HLs of one document, by their numbers. */
export interface Hierarchy {
  /** Where an HL belongs: the HL that HL02 names, else `top`. Remembers it by `remember`. */
  parentOf(segments: Segments, segment: number): { parent: GrowingInstance; fault: HierarchyFault | null };
  /** Makes an HL known by its HL01, after its instance was made. */
  remember(instance: GrowingInstance): void;
}

/** An empty hierarchy whose first levels stand under `top`. Every step takes the same time, however deep the tree is. */
export function createHierarchy(top: GrowingInstance): Hierarchy {
  const numbered: GrowingInstance[] = [];
  /** Those whose number is larger than there are segments, or no number. */
  const others = new Map<number | string, GrowingInstance>();
  const find = (wanted: number | string, { count }: Segments): GrowingInstance | undefined =>
    typeof wanted === 'number' && wanted <= count ? numbered[wanted] : others.get(wanted);
  /** By the segment that begins an HL. */
  const depths: number[] = [];
  let number: number | string = '';
  let most = 0;
  let depth = 1;
  let repeated = false;
  return {
    parentOf(segments, segment) {
      number = numberOf(segments, segment, 1);
      const parentNumber = numberOf(segments, segment, 2);
      const parent = parentNumber === '' ? undefined : find(parentNumber, segments);
      most = segments.count;
      repeated = find(number, segments) !== undefined;
      depth = parent === undefined ? 1 : (depths[parent.segments[0] ?? 0] ?? 0) + 1;
      const fault = faultOf(repeated, parentNumber !== '' && parent === undefined, depth);
      if (fault !== null) depth = 1;
      return { parent: fault === null && parent !== undefined ? parent : top, fault };
    },
    remember(instance) {
      if (repeated) return;
      if (typeof number === 'number' && number <= most) numbered[number] = instance;
      else others.set(number, instance);
      depths[instance.segments[0] ?? 0] = depth;
    },
  };
}

/** The number of an HL as a number where that says all of its text, else as text: numbers are found faster and need no room. */
function numberOf(segments: Segments, segment: number, element: number): number | string {
  if (element > segments.elementCount(segment)) return '';
  const from = segments.partStart(segment, element);
  const to = segments.partEnd(segment, element);
  if (to === from || to - from > MOST_DIGITS || segments.bytes[from] === DIGIT_0)
    return segments.text(segment, element);
  let number = 0;
  for (let at = from; at < to; at++) {
    const digit = (segments.bytes[at] ?? 0) - DIGIT_0;
    if (digit < 0 || digit > 9) return segments.text(segment, element);
    number = 10 * number + digit;
  }
  return number;
}

function faultOf(repeated: boolean, parentUnknown: boolean, depth: number): HierarchyFault | null {
  if (repeated) return 'number-repeated';
  if (parentUnknown) return 'parent-unknown';
  return depth > HIERARCHY_DEPTH ? 'too-deep' : null;
}
