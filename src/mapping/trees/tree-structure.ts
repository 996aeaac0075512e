import type { LoopInstance, Structure } from '../../edi/structure-types.ts';
import { attributeText, childrenNamed, type TreeNode } from '../../formats/tree.ts';
import type { BranchPlan, LayoutSet } from './layout-set.ts';
import { TOP_TAG } from './layout-set.ts';
import { type Row, segmentsOfRows } from './rows.ts';

/** Bytes of the file, end exclusive. */
export type Range = readonly [start: number, end: number];

/** Where what a structure holds stands in its file. */
export interface TreePlaces {
  /** `events[2]` for each segment; empty for the document itself. */
  readonly paths: readonly string[];
  /** Bytes of what each segment stands for. */
  readonly whole: readonly Range[];
  /** Bytes of each element of each segment, by its position less one. */
  readonly elements: readonly (readonly (Range | undefined)[])[];
  /** Paths of what the layout does not have. */
  readonly unknown: readonly string[];
  /** The file. */
  readonly bytes: Buffer;
}

/** A document laid over its layout, which knows where everything stood. */
export interface TreeStructure extends Structure {
  readonly places: TreePlaces;
}

/** Attributes that say how an XML document is written, not what it says. */
const TECHNICAL = /^(?:xmlns(?::.*)?|xsi:.*|xml:.*)$/;

interface GrowingInstance extends LoopInstance {
  readonly segments: number[];
  readonly children: GrowingInstance[];
}

/** Lays a document over a layout. What a layout does not have is passed over and told as unread. */
export function structureOfTree(
  { definition, root: plan }: LayoutSet,
  document: TreeNode,
  bytes: Buffer,
): TreeStructure {
  const rows: Row[] = [[TOP_TAG]];
  const paths: string[] = [''];
  const whole: Range[] = [[document.start, document.end]];
  const elements: (readonly (Range | undefined)[])[] = [[]];
  const unknown = new Set<string>();

  const addRow = (at: BranchPlan, node: TreeNode, path: string): number => {
    const found = at.leaves.map(({ name }) => leafIn(node, name));
    const last = found.findLastIndex((leaf) => leaf !== undefined && leaf.text !== '');
    rows.push([at.tag, ...found.slice(0, last + 1).map((leaf) => leaf?.text ?? '')]);
    paths.push(path);
    whole.push([node.start, node.end]);
    elements.push(found.map((leaf) => (leaf === undefined ? undefined : [leaf.start, leaf.end])));
    return rows.length - 1;
  };
  const fill = (at: BranchPlan, node: TreeNode, instance: GrowingInstance, path: string): void => {
    noteUnknown(at, node, path, unknown);
    for (const child of at.children) {
      const found = childrenNamed(node, child.branch.name).filter((each) => each.kind !== 'null');
      for (const [index, inner] of found.entries()) {
        const place = `${path === '' ? '' : `${path}/`}${child.branch.name}${child.branch.many ? `[${index + 1}]` : ''}`;
        const made: GrowingInstance = { node: child.loop, parent: instance, segments: [], children: [] };
        instance.children.push(made);
        made.segments.push(addRow(child, inner, place));
        fill(child, inner, made, place);
      }
    }
  };
  const root: GrowingInstance = { node: plan.loop, parent: null, segments: [0], children: [] };
  root.segments.push(addRow(plan, document, ''));
  fill(plan, document, root, '');
  const places = { paths, whole, elements, unknown: [...unknown], bytes };
  return { definition, segments: segmentsOfRows(rows), root, places };
}

/** True for a structure that was made of a tree. */
export function isTreeStructure(structure: Structure): structure is TreeStructure {
  return 'places' in structure;
}

/** The value of that name, with its place. */
function leafIn(node: TreeNode, name: string): Pick<TreeNode, 'text' | 'start' | 'end'> | undefined {
  if (name === '.') return isValue(node) ? node : undefined;
  if (name.startsWith('@')) return node.attributes.find((attribute) => attribute.name === name.slice(1));
  return childrenNamed(node, name).find(isValue);
}

/** True for what is a text and holds nothing else. */
function isValue({ kind, children }: TreeNode): boolean {
  return kind !== 'object' && kind !== 'list' && kind !== 'record' && children.length === 0;
}

/** What stands in a node and has no place in the layout, or another one than it has here. */
function noteUnknown({ branch }: BranchPlan, node: TreeNode, path: string, unknown: Set<string>): void {
  const outside = path === '' ? '' : `${path.replaceAll(/\[\d+\]/g, '')}/`;
  for (const { name } of node.attributes) {
    if (!TECHNICAL.test(name) && !branch.inside.some((each) => each.name === `@${name}`))
      unknown.add(`${outside}@${name}`);
  }
  const seen = new Set<string>();
  for (const child of node.children) {
    const own = child.kind === 'element' ? child.name.slice(child.name.indexOf(':') + 1) : child.name;
    const place = branch.inside.find(({ name }) => name === own || name === child.name);
    const holds = child.kind === 'list' ? child.children : [child];
    const fits =
      place === undefined
        ? false
        : place.kind === 'leaf'
          ? holds.length < 2 && holds.every(isValue) && !seen.has(own)
          : holds.every((each) => !isValue(each) || each.text === '' || place.inside.some(({ name }) => name === '.'));
    seen.add(own);
    if (!fits && !holds.every(isEmpty)) unknown.add(`${outside}${own === '' ? '.' : own}`);
  }
  if (isValue(node) && node.text.trim() !== '' && !branch.inside.some(({ name }) => name === '.'))
    unknown.add(`${outside}.`);
}

function isEmpty(node: TreeNode): boolean {
  return (
    node.attributes.length === 0 && (node.children.length > 0 ? node.children.every(isEmpty) : node.text.trim() === '')
  );
}

/** True where a document has a value or branch of that name at its top. */
export function hasAtTop(document: TreeNode, name: string): boolean {
  if (name.startsWith('@')) return attributeText(document, name.slice(1)) !== undefined;
  return childrenNamed(document, name).length > 0 || document.children.some((child) => child.name === name);
}
