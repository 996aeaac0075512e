import { tagKey } from './bytes.ts';
import type { LoopNode, SegmentNode, SetDefinition } from './dictionary/types.ts';
import { type NumberTable, numberTableOf } from './number-table.ts';

/** A node of the set tree in its place; nodes are numbered from the root down, in order, so a loop's own follow it. */
export interface PlanNode {
  readonly index: number;
  readonly node: SegmentNode | LoopNode;
  /** The loop it is a child of; null for the root. */
  readonly loop: PlanNode | null;
  readonly max: number;
  /** True for the first segment of a loop, which only a new instance of the loop can bring. */
  readonly trigger: boolean;
  readonly children: readonly PlanNode[];
  /** The children that must be there, the trigger aside. */
  readonly mandatory: readonly PlanNode[];
  /** The number after the last node inside. */
  readonly end: number;
}

/** Where a segment may go from a position. */
export interface Step {
  readonly target: PlanNode;
  /** True when the target stands before the position. */
  readonly backwards: boolean;
  /** What must be there in the loops that the step leaves, innermost first: most have no such node. */
  readonly left: readonly PlanNode[];
  /** What must be there and stands before the target in its loop. */
  readonly passed: readonly PlanNode[];
}

/** A set definition made ready for walking: from a position and a tag to the next position in two look-ups. */
export interface SetPlan {
  readonly root: PlanNode;
  readonly size: number;
  /** Number of a tag in this set by its `tagKey`, -1 when no segment of the set has it. */
  readonly tagNumbers: NumberTable;
  /** The tag of that number. */
  tagText(tag: number): string;
  /** Where a tag may go from a position, best first. */
  steps(from: PlanNode, tag: number): readonly Step[];
}

const plans = new WeakMap<SetDefinition, SetPlan>();

/** The plan of a set, made on first use. */
export function planOf(definition: SetDefinition): SetPlan {
  const known = plans.get(definition);
  if (known !== undefined) return known;
  const plan = makePlan(definition);
  plans.set(definition, plan);
  return plan;
}

function makePlan(definition: SetDefinition): SetPlan {
  const nodes: PlanNode[] = [];
  const root = number(definition.root, null, nodes);
  const tags = [...new Set(nodes.map(({ node }) => tagOf(node)))];
  const tagNumbers = numberTableOf(tags.map((tag) => tagKey(Buffer.from(tag, 'latin1'), 0, tag.length)));
  const table: (readonly Step[] | undefined)[] = new Array(nodes.length * tags.length);
  return {
    root,
    size: nodes.length,
    tagNumbers,
    tagText: (tag) => tags[tag] ?? '',
    steps(from, tag) {
      const cell = from.index * tags.length + tag;
      const known = table[cell];
      if (known !== undefined) return known;
      const steps = stepsFrom(from, tags[tag] ?? '');
      table[cell] = steps;
      return steps;
    },
  };
}

function number(node: SegmentNode | LoopNode, loop: PlanNode | null, nodes: PlanNode[]): PlanNode {
  const children: PlanNode[] = [];
  const mandatory: PlanNode[] = [];
  const index = nodes.length;
  const trigger = loop !== null && loop.children.length === 0;
  const plan = { index, node, loop, max: node.max, trigger, children, mandatory, end: index + 1 };
  nodes.push(plan);
  if (node.kind === 'segment') return plan;
  for (const child of node.children) {
    const made = number(child, plan, nodes);
    children.push(made);
    if (child.requirement === 'M' && !made.trigger) mandatory.push(made);
  }
  plan.end = nodes.length;
  return plan;
}

/**
 * The same place again, then later ones of the loop, then the loop anew and later ones of the loops around it. Only where
 * none of these has the tag, the nearest earlier place.
 */
function stepsFrom(from: PlanNode, tag: string): readonly Step[] {
  const forwards: Step[] = [];
  let backwards: PlanNode | undefined;
  for (let at = from; at.loop !== null; at = at.loop) {
    for (const child of at.loop.children) {
      if (child.trigger || tagOf(child.node) !== tag) continue;
      if (child.index >= at.index) forwards.push(stepTo(from, child, false));
      else backwards ??= child;
    }
  }
  if (forwards.length > 0 || backwards === undefined) return forwards;
  return [stepTo(from, backwards, true)];
}

function stepTo(from: PlanNode, target: PlanNode, backwards: boolean): Step {
  const { loop } = target;
  const passed = backwards ? [] : (loop?.mandatory ?? []).filter((node) => node.index < target.index);
  return { target, backwards, left: leftBehind(from, loop), passed };
}

/** What must be there in the loops around a position that are inside another, innermost first; in all of them when that is null. */
export function leftBehind(from: PlanNode, outer: PlanNode | null): readonly PlanNode[] {
  const nodes: PlanNode[] = [];
  for (let loop = from.loop; loop !== null && loop !== outer; loop = loop.loop) nodes.push(...loop.mandatory);
  return nodes;
}

/** The tag of a segment, or of the trigger of a loop. */
export function tagOf(node: SegmentNode | LoopNode): string {
  return node.kind === 'segment' ? node.tag : node.name;
}
