import type { LoopNode } from '../edi/dictionary/types.ts';
import type { LoopInstance } from '../edi/structure-types.ts';
import type { Frame, Hidden } from './frame.ts';
import type { Block } from './scope.ts';

/** Lines with one key, in document order. */
export interface LineGroup {
  readonly first: Frame;
  readonly lines: readonly LoopInstance[];
}

/** Whose lines are to be seen. */
export interface Visibility {
  /** What the rules of one group of `per`, by its index, do not see: the lines of the others and those without a key. */
  of(group: number): Hidden;
  /** What the rules beside `per` do not see: the lines that have a key. */
  readonly free: Hidden;
}

/** Stands for the lines that have no key among the numbers of the groups. */
const FREE = -1;
const NOBODY: ReadonlySet<number> = new Set([FREE]);

/** The loops that a path leads through, and that of the lines at its end. */
export function loopsOf(path: readonly Block[]): ReadonlySet<LoopNode> {
  return new Set(path.map(({ loop }) => loop));
}

/**
 * True for a loop that all groups and the rules beside them look into: the outermost loops of a document, such as the CPS of a
 * whole shipment.
 */
export function isShared(top: LoopNode, depth: number): boolean {
  return depth === 1 && !top.hierarchical;
}

/**
 * Shares out the lines below an instance, and with them the loops that lead there (`loops`, with that of the lines): such a
 * loop belongs to whom its lines belong to. One without any line goes with the loop around it; right below `top`, or in a
 * shared loop, it is nobody's. What lies below a line stays with it.
 */
export function shareOut(
  top: LoopInstance,
  loops: ReadonlySet<LoopNode>,
  lines: readonly Frame[],
  groups: readonly LineGroup[],
): Visibility {
  const ownerOfLine = new Map(lines.map(({ instance }) => [instance, FREE]));
  for (const [group, { lines: own }] of groups.entries()) for (const line of own) ownerOfLine.set(line, group);
  /** Whom the lines in an instance belong to. */
  const reached = new Map<LoopInstance, ReadonlySet<number>>();
  const reach = (instance: LoopInstance): ReadonlySet<number> => {
    const own = ownerOfLine.get(instance);
    const found = new Set(own === undefined ? instance.children.flatMap((child) => [...reach(child)]) : [own]);
    reached.set(instance, found);
    return found;
  };
  reach(top);
  const owners = new Map<LoopInstance, ReadonlySet<number>>();
  const give = (instance: LoopInstance, around: ReadonlySet<number>, depth: number): void => {
    for (const child of instance.children) {
      const own = reached.get(child) ?? NOBODY;
      if (own.size === 0 && !loops.has(child.node)) continue;
      const isLine = ownerOfLine.has(child);
      const shared = !isLine && isShared(top.node, depth);
      const all = own.size === 0 ? around : own;
      owners.set(child, shared ? new Set([...all, FREE]) : all);
      if (!isLine) give(child, shared ? NOBODY : all, depth + 1);
    }
  };
  give(top, NOBODY, 1);
  const hiddenFrom = (group: number): Hidden => ({ has: (instance) => owners.get(instance)?.has(group) === false });
  return { of: hiddenFrom, free: hiddenFrom(FREE) };
}
