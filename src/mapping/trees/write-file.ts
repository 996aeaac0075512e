import type { PlainSegment } from '../../edi/plain-segment.ts';
import type { Segments } from '../../edi/segments.ts';
import type { LoopInstance } from '../../edi/structure-types.ts';
import type { NodeKind } from '../../formats/tree.ts';
import { writeCsv } from '../../formats/write-csv.ts';
import { writeJson } from '../../formats/write-json.ts';
import { writeXml } from '../../formats/write-xml.ts';
import { type FormatWriting, type PlainAttribute, type PlainNode, Refusals } from '../../formats/writing.ts';
import { branchesOf, type Leaf, leavesOf, type TreeDocument } from './layout.ts';
import type { BranchPlan, LayoutSet } from './layout-set.ts';
import { structureOfPlain } from './rows.ts';

/** JSON and XML are written for people to read as well. */
const INDENT = '  ';
const NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/;

/** Writes documents that a map made into one file; refused where a value, or several documents, have no place in it. */
export function writeTreeFile(
  set: LayoutSet,
  document: TreeDocument,
  documents: readonly (readonly PlainSegment[])[],
): FormatWriting {
  const roots = documents.map((segments) => treeOf(set, document, segments));
  switch (document.standard) {
    case 'json':
      return writeJson(jsonRoot(roots, document), { indent: INDENT });
    case 'xml':
      return writeXmlFile(roots, document);
    case 'csv':
      return writeTable(roots, document);
  }
}

function jsonRoot(roots: readonly PlainNode[], { each }: TreeDocument): PlainNode {
  const [only, second] = roots;
  if (each !== null) return { kind: 'object', children: [{ kind: 'list', name: each, children: roots }] };
  return only !== undefined && second === undefined ? only : { kind: 'list', children: roots };
}

function writeXmlFile(roots: readonly PlainNode[], document: TreeDocument): FormatWriting {
  const { root, namespace, each } = document;
  const attributes = namespace === null ? [] : [{ name: 'xmlns', text: namespace }];
  const [only, second] = roots;
  if (each !== null) {
    const children = roots.map((one) => ({ ...one, name: each }));
    return writeXml({ kind: 'element', name: root, attributes, children }, { indent: INDENT });
  }
  if (only === undefined || second !== undefined) {
    const refusals = new Refusals();
    refusals.add(
      'repeated',
      'xml',
      root,
      'is the root of one document a file. Write one document, or name "each:" in the map.',
    );
    return refusals.result(() => Buffer.alloc(0));
  }
  const all = [...attributes, ...(only.attributes ?? [])];
  return writeXml({ ...only, name: root, attributes: all }, { indent: INDENT });
}

/** Each row with what its document says at the top; columns in the order of the layout. */
function writeTable(roots: readonly PlainNode[], document: TreeDocument): FormatWriting {
  const { layout, delimiter, header } = document;
  const [rows] = branchesOf(layout);
  const columns = layout.inside.flatMap((each) =>
    each.kind === 'leaf' ? [each.name] : leavesOf(each).map(({ name }) => name),
  );
  const records = roots.flatMap(({ children = [] }): readonly PlainNode[] => {
    const shared = children.filter(({ name }) => name !== rows?.name).map(asCell);
    const own = children.flatMap((child) => (child.name === rows?.name ? (child.children ?? []) : []));
    if (own.length === 0) return [{ kind: 'record', children: shared }];
    return own.map((row) => ({ kind: 'record', children: [...shared, ...(row.children ?? []).map(asCell)] }));
  });
  return writeCsv(records, { columns, header, ...(delimiter === null ? {} : { delimiter }) });
}

function asCell(node: PlainNode): PlainNode {
  return { ...node, kind: 'text' };
}

/** A document as a tree. */
function treeOf(set: LayoutSet, { standard }: TreeDocument, plain: readonly PlainSegment[]): PlainNode {
  const { segments, root } = structureOfPlain(set, plain);
  const top = root.segments[1] ?? -1;
  return standard === 'xml' ? elementOf(set.root, root, top, segments) : objectOf(set.root, root, top, segments);
}

function objectOf(plan: BranchPlan, instance: LoopInstance, segment: number, segments: Segments): PlainNode {
  const children = plan.branch.inside.flatMap((each): readonly PlainNode[] => {
    if (each.kind === 'leaf') {
      const text = textOf(plan, each, segment, segments);
      return text === '' ? [] : [{ kind: kindOf(each, text), name: each.name, text }];
    }
    const child = plan.children.find(({ branch }) => branch === each);
    const found = child === undefined ? [] : instancesOf(child, instance);
    if (child === undefined || found.length === 0) return [];
    const made = found.map((inner) => itemOf(child, inner, segments));
    return each.many ? [{ kind: 'list', name: each.name, children: made }] : made.slice(0, 1);
  });
  return { kind: 'object', name: plan.branch.name, children };
}

/** An entry of a list: an object, or the text alone where that is all an entry is. */
function itemOf(plan: BranchPlan, instance: LoopInstance, segments: Segments): PlainNode {
  const segment = instance.segments[0] ?? -1;
  const own = leavesOf(plan.branch).find(({ name }) => name === '.');
  if (own === undefined) return objectOf(plan, instance, segment, segments);
  const text = textOf(plan, own, segment, segments);
  return { kind: kindOf(own, text), name: plan.branch.name, text };
}

function elementOf(plan: BranchPlan, instance: LoopInstance, segment: number, segments: Segments): PlainNode {
  const attributes: PlainAttribute[] = [];
  const children: PlainNode[] = [];
  let own = '';
  for (const each of plan.branch.inside) {
    if (each.kind === 'leaf') {
      const text = textOf(plan, each, segment, segments);
      if (text === '') continue;
      if (each.name === '.') own = text;
      else if (each.name.startsWith('@')) attributes.push({ name: each.name.slice(1), text });
      else children.push({ kind: 'element', name: each.name, text });
      continue;
    }
    const child = plan.children.find(({ branch }) => branch === each);
    if (child === undefined) continue;
    for (const inner of instancesOf(child, instance))
      children.push(elementOf(child, inner, inner.segments[0] ?? -1, segments));
  }
  return { kind: 'element', name: plan.branch.name, text: own, attributes, children };
}

/** What there is of a branch; one with a constant value is always there, be it for nothing else. */
function instancesOf({ branch, loop }: BranchPlan, parent: LoopInstance): readonly LoopInstance[] {
  const found = parent.children.filter(({ node }) => node === loop);
  const always = leavesOf(branch).some(({ name, constant }) => constant !== null && !name.startsWith('@'));
  return found.length === 0 && always && !branch.many ? [{ node: loop, parent, segments: [], children: [] }] : found;
}

function textOf(plan: BranchPlan, leaf: Leaf, segment: number, segments: Segments): string {
  if (leaf.constant !== null) return leaf.constant;
  return segment < 0 ? '' : segments.text(segment, plan.leaves.indexOf(leaf) + 1);
}

/** A number or truth only where the text is one in JSON; the reader takes either for the same value. */
function kindOf({ type }: Leaf, text: string): NodeKind {
  if (type === 'number' && NUMBER.test(text)) return 'number';
  return type === 'boolean' ? 'boolean' : 'text';
}
