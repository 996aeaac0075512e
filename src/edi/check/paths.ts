import type { LoopInstance, Structure } from '../structure-types.ts';

/** Says where segments stand, for people. Made only when there is something to say. */
export interface Paths {
  /** `856/HL[3]/N1[1]/N3` for a segment (counted from 0) by its tag; `856/N3` when it belongs to no loop. */
  ofSegment(segment: number, tag: string): string;
  /** The same for a segment that is not there, in its loop. */
  ofMissing(instance: LoopInstance | null, tag: string): string;
}

/** Paths of a document. HLs are counted through the whole document, other loops within the loop that holds them. */
export function pathsOf(structure: Structure): Paths {
  const { definition, root, segments } = structure;
  const owner: (LoopInstance | undefined)[] = new Array(segments.count);
  const waiting: LoopInstance[] = [root];
  for (let instance = waiting.pop(); instance !== undefined; instance = waiting.pop()) {
    for (const segment of instance.segments) owner[segment] = instance;
    for (const child of instance.children) waiting.push(child);
  }
  const numbers = numberInstances(owner);
  const loopPath = (instance: LoopInstance | null): string => {
    const steps: string[] = [];
    for (let at = instance; at !== null && at !== root; at = holderOf(at)) {
      const number = at.node.max === 1 ? '' : `[${numbers[at.segments[0] ?? 0] ?? 1}]`;
      steps.push(`${at.node.name}${number}`);
    }
    return [definition.type, ...steps.reverse()].join('/');
  };
  return {
    ofSegment(segment, tag) {
      const instance = owner[segment] ?? null;
      const isTrigger = instance !== null && instance !== root && instance.segments[0] === segment;
      return isTrigger ? loopPath(instance) : `${loopPath(instance)}/${tag}`;
    },
    ofMissing: (instance, tag) => `${loopPath(instance)}/${tag}`,
  };
}

/** The loop around an instance; for an HL not the HL it hangs under, but what holds the HLs. */
function holderOf(instance: LoopInstance): LoopInstance | null {
  let holder = instance.parent;
  while (holder !== null && holder.node === instance.node) holder = holder.parent;
  return holder;
}

/** The number of each instance, by its first segment. */
function numberInstances(owner: readonly (LoopInstance | undefined)[]): Int32Array {
  const numbers = new Int32Array(owner.length);
  const last = new Map<LoopInstance | null, Map<LoopInstance['node'], number>>();
  const holders: (LoopInstance | null)[] = [];
  owner.forEach((instance, segment) => {
    if (instance === undefined || instance.segments[0] !== segment) return;
    const { node, parent } = instance;
    // An HL lies under one before it, whose holder is known.
    const above = parent?.node === node ? holders[parent.segments[0] ?? 0] : undefined;
    const holder = above === undefined ? holderOf(instance) : above;
    holders[segment] = holder;
    const counts = last.get(holder) ?? new Map<LoopInstance['node'], number>();
    last.set(holder, counts);
    const number = (counts.get(node) ?? 0) + 1;
    counts.set(node, number);
    numbers[segment] = number;
  });
  return numbers;
}
