import type { LoopNode, SegmentNode, SetDefinition } from '../edi/dictionary/types.ts';
import { table } from './output.ts';

/** A set as JSON: its tree, in which `max` is null where no limit is stated. */
export function setJson({ type, group, root }: SetDefinition): Readonly<Record<string, unknown>> {
  return { type, group, tree: root.children.map(nodeJson) };
}

function nodeJson(node: SegmentNode | LoopNode): Readonly<Record<string, unknown>> {
  const { requirement } = node;
  const max = node.max === Number.POSITIVE_INFINITY ? null : node.max;
  if (node.kind === 'segment') return { segment: node.tag, requirement, max };
  const { name, hierarchical } = node;
  return { loop: name, requirement, max, hierarchical, children: node.children.map(nodeJson) };
}

/** How deep, how it is named, requirement, how often. */
interface Row {
  readonly depth: number;
  readonly name: string;
  readonly requirement: string;
  readonly times: string;
}

/**
 * A set as a tree for people, two blanks a level. X12 loops are named by their first segment; EDIFACT's groups are numbered
 * through the message, as the UN numbers them.
 */
export function setTree({ standard, type, release, root }: SetDefinition): readonly string[] {
  const rows: Row[] = [];
  let groups = 0;
  const add = (node: SegmentNode | LoopNode, depth: number): void => {
    const optional = standard === 'x12' ? node.requirement : node.requirement.replace('O', 'C');
    const times = node.max === Number.POSITIVE_INFINITY ? '>1' : String(node.max);
    const row = { depth, requirement: optional, times };
    if (node.kind === 'segment') {
      rows.push({ ...row, name: node.tag });
      return;
    }
    if (standard === 'edifact') groups++;
    const name = standard === 'edifact' ? `group ${groups}` : `loop ${node.name}`;
    rows.push({ ...row, name: node.hierarchical ? `${name} (a tree)` : name });
    for (const child of node.children) add(child, depth + 1);
  };
  for (const child of root.children) add(child, 0);
  const cells = rows.map((row) => [`${'  '.repeat(row.depth)}${row.name}`, row.requirement, row.times]);
  return [`${type}, ${standard} ${release}`, table(cells)];
}
