import { createHash } from 'node:crypto';
import type { Finding } from '../../edi/finding.ts';
import { readCsv } from '../../formats/csv.ts';
import { readJson } from '../../formats/json.ts';
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
  const hash = createHash('sha256');
  const add = ({ name, text, attributes, children }: TreeNode): void => {
    hash.update(`${name}\0${text}\0`);
    for (const attribute of attributes) hash.update(`@${attribute.name}\0${attribute.text}\0`);
    for (const child of children) add(child);
    hash.update('\u0001');
  };
  add(root);
  return hash.digest('hex');
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

function tableFile(bytes: Buffer, document: TreeDocument): TreeFile {
  const { delimiter, header, having, layout, per } = document;
  const table = readCsv(bytes, { ...(delimiter === null ? {} : { delimiter }), header });
  const heading = leavesOf(layout).map(({ name }) => name);
  const rows = branchesOf(layout)[0] ?? layout;
  const names = [...heading, ...leavesOf(rows).map(({ name }) => name)];
  const known = (name: string): boolean => table.columns.includes(name);
  if (table.columns.length > 0 && !(having.length > 0 ? having.every(known) : names.some(known)))
    return { recognised: false, documents: [], findings: [] };
  const groups = new Map<string, RecordGroup>();
  let last: RecordGroup | null = null;
  for (const { node, findings } of table.records) {
    const key = per.map((name) => textOf(node, name));
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
    const differing = headingFindings(records, heading);
    return { root: documentOf(records, heading, rows, start, end), start, end, findings: [...findings, ...differing] };
  });
  return { recognised: true, documents, findings: table.findings };
}

/** The records of a document: what they share at the top, and a row for each. */
function documentOf(
  records: readonly TreeNode[],
  heading: readonly string[],
  { name }: Branch,
  start: number,
  end: number,
): TreeNode {
  const shared = heading.flatMap((column) => {
    const cells = records.flatMap((record) => childrenNamed(record, column));
    return cells.find(({ text }) => text.trim() !== '') ?? cells[0] ?? [];
  });
  const rows = records.map((record): TreeNode => {
    const children = record.children.filter((cell) => !heading.includes(cell.name));
    return { ...record, kind: 'object', name, children };
  });
  return { kind: 'object', name: '', text: '', start, end, attributes: [], children: [...shared, ...rows] };
}

/** Columns that must be the same in all rows of a document, and are not. */
function headingFindings(records: readonly TreeNode[], heading: readonly string[]): readonly Finding[] {
  return heading.flatMap((column) => {
    const cells = records.flatMap((record) => childrenNamed(record, column)).filter(({ text }) => text.trim() !== '');
    const other = cells.find(({ text }) => text.trim() !== cells[0]?.text.trim());
    if (other === undefined) return [];
    const expected = cells[0]?.text ?? '';
    return [
      faultFinding({
        code: 'FORMAT_ROWS_DIFFER',
        byte: other.start,
        path: `csv/${column}`,
        value: other.text,
        expected,
      }),
    ];
  });
}

function textOf(record: TreeNode, column: string): string {
  return childrenNamed(record, column)[0]?.text.trim() ?? '';
}
