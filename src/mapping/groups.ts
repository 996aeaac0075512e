import type { LoopInstance } from '../edi/structure-types.ts';
import type { Frame, Hidden } from './frame.ts';

/** Lines with one key, in document order. */
export interface LineGroup {
  readonly first: Frame;
  readonly lines: readonly LoopInstance[];
}

/**
 * What each group of `per`, by its index, hides from its rules: the lines of the others and those of no group, and the
 * loops that lead to none of its own. What lies below a line stays with it; a loop of the lines' kind that leads to no
 * line at all is hidden from every group. One walk serves all groups.
 */
export function hiddenFrom(
  top: LoopInstance,
  lines: readonly Frame[],
  groups: readonly LineGroup[],
): (group: number) => Hidden {
  const kinds = new Set(lines.map(({ instance }) => instance.node));
  const groupsOfLine = new Map(lines.map(({ instance }): [LoopInstance, readonly number[]] => [instance, []]));
  for (const [group, { lines: own }] of groups.entries()) for (const line of own) groupsOfLine.set(line, [group]);
  const leadsTo = new Map<LoopInstance, ReadonlySet<number>>();
  /** The groups that an instance leads to; null where there is nothing to hide in it. */
  const visit = (instance: LoopInstance): ReadonlySet<number> | null => {
    const own = groupsOfLine.get(instance);
    const below = own === undefined ? instance.children.map(visit).filter((found) => found !== null) : [];
    if (own === undefined && below.length === 0 && !kinds.has(instance.node)) return null;
    const reached = new Set([...(own ?? []), ...below.flatMap((found) => [...found])]);
    leadsTo.set(instance, reached);
    return reached;
  };
  visit(top);
  return (group) => ({ has: (instance) => leadsTo.get(instance)?.has(group) === false });
}
