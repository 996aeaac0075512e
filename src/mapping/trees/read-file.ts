import { hash } from 'node:crypto';
import type { Finding } from '../../edi/finding.ts';
import { readCsv } from '../../formats/csv.ts';
import { readJson } from '../../formats/json.ts';
import { FORMAT_LIMITS } from '../../formats/limits.ts';
import { faultFinding } from '../../formats/reading.ts';
import { childrenNamed, type TreeNode } from '../../formats/tree.ts';
import { readXml } from '../../formats/xml.ts';
import { type Branch, branchesOf, leavesOf, type TreeDocument } from './layout.ts';
import { hasAtTop } from './tree-structure.ts';

/** One document of a file. */
export interface FoundTree {
  readonly root: TreeNode;
  /** Bytes of the file that are its own, end exclusive; those of several documents do not overlap. */
  readonly start: number;
  readonly end: number;
  readonly findings: readonly Finding[];
}

/** The documents of a file, as a map sees them. */
export interface TreeFile {
  /** False when the file holds another kind of document than the map is for. */
  readonly recognised: boolean;
  readonly documents: readonly FoundTree[];
  /** Findings of the file; a rejecting one leaves no documents. */
  readonly findings: readonly Finding[];
}

/** Reads a file for the documents of a map: the whole, each item of a list, or the rows of one key. */
export function readTreeFile(bytes: Buffer, document: TreeDocument): TreeFile {
  switch (document.standard) {
    case 'json':
      return treeFile(readJson(bytes), document, jsonDocuments);
    case 'xml':
      return treeFile(readXml(bytes), document, xmlDocuments);
    case 'csv':
      return tableFile(bytes, document);
  }
}

/** What a document says, whatever its blanks, the order of keys aside: equal documents have equal hashes. */
export function treeHash(root: TreeNode): string {
  const texts: string[] = [];
  const add = ({ name, text, attributes, children }: TreeNode): void => {
    texts.push(name, text);
    for (const attribute of attributes) texts.push(`@${attribute.name}`, attribute.text);
    for (const child of children) add(child);
    texts.push('\u0001');
  };
  add(root);
  return hash('sha256', texts.join('\0'), 'hex');
}

type Documents = (root: TreeNode, document: TreeDocument) => readonly TreeNode[] | null;

function treeFile(
  { root, findings }: { readonly root: TreeNode | null; readonly findings: readonly Finding[] },
  document: TreeDocument,
  documentsOf: Documents,
): TreeFile {
  const roots = root === null ? null : documentsOf(root, document);
  if (roots === null) return { recognised: root === null, documents: [], findings };
  const documents = roots.map((each): FoundTree => ({ root: each, start: each.start, end: each.end, findings: [] }));
  return { recognised: true, documents, findings };
}

function jsonDocuments(root: TreeNode, { each, having, layout }: TreeDocument): readonly TreeNode[] | null {
  const found = root.kind === 'list' ? root.children : each === null ? [root] : childrenNamed(root, each);
  const names = having.length > 0 ? having : layout.inside.map(({ name }) => name);
  const [first] = found;
  if (first === undefined || first.kind !== 'object') return null;
  const known = (name: string): boolean => hasAtTop(first, name);
  return (having.length > 0 ? names.every(known) : names.some(known)) ? found : null;
}

function xmlDocuments(root: TreeNode, document: TreeDocument): readonly TreeNode[] | null {
  const local = root.name.slice(root.name.indexOf(':') + 1);
  if (root.name !== document.root && local !== document.root) return null;
  return document.each === null ? [root] : childrenNamed(root, document.each);
}

/** Records of one document, and what is wrong with them. */
interface RecordGroup {
  readonly records: TreeNode[];
  readonly findings: Finding[];
}

/** The cell of a column; of several columns of one name the first. */
type CellOf = (record: TreeNode | undefined, column: string) => TreeNode | undefined;

function tableFile(bytes: Buffer, document: TreeDocument): TreeFile {
  const { delimiter, header, having, layout, per } = document;
  const table = readCsv(bytes, { ...(delimiter === null ? {} : { delimiter }), header }, FORMAT_LIMITS);
  const heading = leavesOf(layout).map(({ name }) => name);
  const rows = branchesOf(layout)[0] ?? layout;
  const names = [...heading, ...leavesOf(rows).map(({ name }) => name)];
  const known = (name: string): boolean => table.columns.includes(name);
  const positions = new Map(table.columns.map((name, index) => [name, index] as const).reverse());
  const cellOf: CellOf = (record, column) => record?.children[positions.get(column) ?? -1];

  if (table.columns.length > 0 && !(having.length > 0 ? having.every(known) : names.some(known)))
    return { recognised: false, documents: [], findings: [] };
  const groups = new Map<string, RecordGroup>();
  let last: RecordGroup | null = null;
  let cells = 0;
  for (const { node, findings } of table.records) {
    cells += node.children.length;
    if (cells > FORMAT_LIMITS.nodes) return { recognised: true, documents: [], findings: [tooMany(node)] };
    const key = per.map((name) => cellOf(node, name)?.text.trim() ?? '');
    // A row that leaves the key empty goes on with the document of the row before it.
    const goesOn: RecordGroup | null = key.every((text) => text === '') ? last : null;
    const group: RecordGroup = goesOn ?? groups.get(JSON.stringify(key)) ?? { records: [], findings: [] };
    if (goesOn === null) groups.set(JSON.stringify(key), group);
    last = group;
    group.records.push(node);
    group.findings.push(...findings);
  }
  const found = [...groups.values()];
  const documents = found.map(({ records, findings }, index): FoundTree => {
    const start = records[0]?.start ?? 0;
    const end = found[index + 1]?.records[0]?.start ?? bytes.length;
    const differing = headingFindings(records, heading, cellOf);
    return {
      root: documentOf(records, heading, rows, cellOf, start, end),
      start,
      end,
      findings: [...findings, ...differing],
    };
  });
  return { recognised: true, documents, findings: table.findings };
}

/** The records of a document: what they share at the top, and a row for each. */
function documentOf(
  records: readonly TreeNode[],
  heading: readonly string[],
  { name }: Branch,
  cellOf: CellOf,
  start: number,
  end: number,
): TreeNode {
  const shared = heading.flatMap((column) => {
    const said = records.find((record) => isSaid(cellOf(record, column)));
    return cellOf(said ?? records[0], column) ?? [];
  });
  const shares = new Set(heading);
  const rows = records.map((record): TreeNode => {
    const children = record.children.filter((cell) => !shares.has(cell.name));
    return { ...record, kind: 'object', name, children };
  });
  return { kind: 'object', name: '', text: '', start, end, attributes: [], children: [...shared, ...rows] };
}

/** Columns that must be the same in all rows of a document, and are not. */
function headingFindings(records: readonly TreeNode[], heading: readonly string[], cellOf: CellOf): readonly Finding[] {
  return heading.flatMap((column) => {
    let first: TreeNode | undefined;
    for (const record of records) {
      const cell = cellOf(record, column);
      if (cell === undefined || !isSaid(cell)) continue;
      first ??= cell;
      const [value, expected] = [cell.text, first.text];
      if (value.trim() === expected.trim()) continue;
      return [faultFinding({ code: 'FORMAT_ROWS_DIFFER', byte: cell.start, path: `csv/${column}`, value, expected })];
    }
    return [];
  });
}

function tooMany({ start }: TreeNode): Finding {
  const text = `The table has more than ${FORMAT_LIMITS.nodes} cells.`;
  return faultFinding({ code: 'FORMAT_TOO_MANY', byte: start, path: 'csv', text });
}

function isSaid(cell: TreeNode | undefined): boolean {
  return cell !== undefined && cell.text.trim() !== '';
}
