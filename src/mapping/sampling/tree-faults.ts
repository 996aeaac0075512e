import { accepted, type Finding } from '../../edi/finding.ts';
import type { FindingCode } from '../../edi/finding-codes.ts';
import { childrenNamed, type TreeNode } from '../../formats/tree.ts';
import { readTreeDocuments } from '../trees/documents.ts';
import { type Branch, branchesOf, type LeafKind, leavesOf, type TreeDocument } from '../trees/layout.ts';
import { readTreeFile } from '../trees/read-file.ts';
import type { TreeStandard } from '../trees/standards.ts';
import type { CompiledMap } from '../types.ts';

/** A value of a file and the bytes it stands in, end exclusive. */
interface TreeValue {
  readonly kind: LeafKind;
  readonly text: string;
  /** Without quotes: a number or truth of JSON. */
  readonly bare: boolean;
  readonly start: number;
  readonly end: number;
}

/** A file to be spoiled. */
interface SpoilableFile {
  readonly bytes: Buffer;
  readonly document: TreeDocument;
  readonly values: readonly TreeValue[];
}

interface TreeFaultEntry {
  /** The finding that the document deserves. */
  readonly code: FindingCode;
  /** What is wrong with the document, after "with". */
  readonly title: string;
  readonly standards: readonly TreeStandard[];
  /** Files that may have the fault, the best first. */
  readonly spoil: (file: SpoilableFile) => Iterable<Buffer>;
}

/** The forms in which layouts and maps have dates; with a time behind or not. */
const DATE = /^(?:[0-9]{8}|[0-9]{4}[-/][0-9]{2}[-/][0-9]{2}|[0-9]{2}[./][0-9]{2}[./][0-9]{4})/;
const ALL: readonly TreeStandard[] = ['json', 'xml', 'csv'];

/** The faults that a made-up document of JSON, XML or CSV can be given. */
export const TREE_FAULTS = {
  truncated: {
    code: 'FORMAT_TRUNCATED',
    title: 'an end that is cut off',
    standards: ['json', 'xml'],
    spoil: ({ bytes }) => [bytes.subarray(0, bytes.toString('latin1').trimEnd().length - 1)],
  },
  'name-twice': {
    code: 'FORMAT_NAME_REPEATED',
    title: 'a name that stands twice in one object',
    standards: ['json'],
    spoil: ({ bytes }) => [replacedOnce(bytes, '{', '{"twice": 1, "twice": 2,')],
  },
  'cell-missing': {
    code: 'FORMAT_RECORD_RAGGED',
    title: 'a row with a cell too few',
    standards: ['csv'],
    spoil: ({ bytes, document }) => {
      const text = bytes.toString('latin1').trimEnd();
      const cell = text.lastIndexOf(document.delimiter ?? ',');
      return cell < text.lastIndexOf('\n') ? [] : [Buffer.from(`${text.slice(0, cell)}\n`, 'latin1')];
    },
  },
  'other-document': {
    code: 'FORMAT_UNKNOWN',
    title: 'another name in place of one by which such a document is known',
    standards: ALL,
    spoil: ({ bytes, document }) =>
      [document.root, ...document.having]
        .filter((name) => name !== '')
        .map((name) => Buffer.from(bytes.toString('latin1').replaceAll(name, 'Other'), 'latin1')),
  },
  'missing-value': {
    code: 'MAP_FIELD_MISSING',
    title: 'a value that is empty and that the event needs',
    standards: ALL,
    spoil: ({ bytes, values }) => values.map((value) => withText(bytes, value, '')),
  },
  'bad-number': {
    code: 'MAP_VALUE',
    title: 'a letter in a number',
    standards: ALL,
    spoil: ({ bytes, values }) => ofKind(values, 'number').map((value) => withText(bytes, value, 'X')),
  },
  'bad-date': {
    code: 'MAP_VALUE',
    title: 'a date that no calendar has',
    standards: ALL,
    // What all rows of a table share is wrong in all of them.
    spoil: ({ bytes, values }) =>
      values
        .filter(({ text }) => DATE.test(text))
        .flatMap((value) => [
          withText(bytes, value, noDate(value.text)),
          Buffer.from(bytes.toString('latin1').replaceAll(value.text, noDate(value.text)), 'latin1'),
        ]),
  },
  'bad-code': {
    code: 'MAP_EVENT_TYPE',
    title: 'a code that says no event',
    standards: ALL,
    spoil: ({ bytes, values }) => ofKind(values, 'text').map((value) => withText(bytes, value, 'ZZZ')),
  },
} as const satisfies Readonly<Record<string, TreeFaultEntry>>;

export type TreeFault = keyof typeof TREE_FAULTS;

/** Every fault by its name. */
export const TREE_FAULT_NAMES: readonly TreeFault[] = Object.keys(TREE_FAULTS).filter(isTreeFault);

export function isTreeFault(name: string): name is TreeFault {
  return Object.hasOwn(TREE_FAULTS, name);
}

/** A file of one document with a fault; null where it has nothing that could have that fault. */
export function spoiledTree(bytes: Buffer, fault: TreeFault, map: CompiledMap): Buffer | null {
  const { tree: document } = map.document;
  if (document === null) return null;
  const { code, standards, spoil }: TreeFaultEntry = TREE_FAULTS[fault];
  if (!standards.includes(document.standard)) return null;
  const [root] = readTreeFile(bytes, document).documents.map((found) => found.root);
  const values = root === undefined ? [] : valuesOf(root, document.layout);
  for (const spoiled of spoil({ bytes, document, values })) {
    const findings = findingsOf(spoiled, map);
    if (findings.length > 0 && findings.every((finding) => finding.code === code)) return spoiled;
  }
  return null;
}

function findingsOf(bytes: Buffer, map: CompiledMap): readonly Finding[] {
  const { documents, findings } = readTreeDocuments(bytes, map);
  const read = documents.flatMap(({ structure, findings: own }) => [
    ...own,
    ...(accepted(own) ? map.read(structure).findings : []),
  ]);
  return [...findings, ...read];
}

/** The values of the layout that a document says, in its order. */
function valuesOf(node: TreeNode, branch: Branch): readonly TreeValue[] {
  const own = leavesOf(branch).flatMap(({ name, type, constant }) => {
    const [found] = constant === null ? childrenNamed(node, name) : [];
    if (found === undefined || found.text === '') return [];
    const bare = found.kind === 'number' || found.kind === 'boolean';
    const { text, start, end } = found;
    return [{ kind: type, text, bare, start, end }];
  });
  const inside = branchesOf(branch).flatMap((child) =>
    childrenNamed(node, child.name).flatMap((each) => valuesOf(each, child)),
  );
  return [...own, ...inside];
}

/** The same date of the 99th of a month, in its own form. */
function noDate(text: string): string {
  return /^[0-9]{2}[./]/.test(text)
    ? `99${text.slice(2)}`
    : text.replace(/(?<=^[0-9]{4}[-/]?[0-9]{2}[-/]?)[0-9]{2}/, '99');
}

function ofKind(values: readonly TreeValue[], wanted: LeafKind): readonly TreeValue[] {
  return values.filter(({ kind }) => kind === wanted);
}

function withText(bytes: Buffer, { start, end, bare }: TreeValue, text: string): Buffer {
  const written = Buffer.from(bare ? JSON.stringify(text) : text);
  return Buffer.concat([bytes.subarray(0, start), written, bytes.subarray(end)]);
}

function replacedOnce(bytes: Buffer, text: string, by: string): Buffer {
  return Buffer.from(bytes.toString('latin1').replace(text, by), 'latin1');
}
