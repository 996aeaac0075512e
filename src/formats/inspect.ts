import type { Finding } from '../edi/finding.ts';
import { finding } from '../edi/findings.ts';
import { readCsv } from './csv.ts';
import type { Format } from './identify.ts';
import { readJson } from './json.ts';
import { type TreePath, treePaths } from './paths.ts';
import type { TreeNode } from './tree.ts';
import { readXml } from './xml.ts';

/** Formats that are inspected as a whole; interchanges are inspected as they are read. */
export type TreeFormat = Extract<Format, 'xml' | 'json' | 'csv'>;

/** What `crossdock inspect --json` prints of a file without interchanges. */
export interface FormatInspection {
  readonly format: TreeFormat;
  /** The root element, or `object`, `list` or another kind of JSON value; null when the document cannot be read. */
  readonly root?: string | null;
  readonly columns?: readonly string[];
  /** What a map can name; of a table these are its columns. */
  readonly paths?: readonly TreePath[];
  /** There when not all paths are. */
  readonly pathsCut?: true;
  /** Child elements of the root, members of the list or object, records of the table. */
  readonly records: number;
  readonly bytes: number;
  readonly findings: readonly Finding[];
}

/** Of more findings those after these are counted only, unless they reject. */
const MOST_FINDINGS = 1000;

/** What a file is. `bytes` may end behind the limit of its format, `size` is how many there are. */
export function inspectFormat(format: TreeFormat, bytes: Buffer, size: number): FormatInspection {
  switch (format) {
    case 'xml': {
      const { root, findings } = readXml(bytes);
      const records = root?.children.filter(({ kind }) => kind === 'element').length ?? 0;
      return { format, root: root?.name ?? null, ...pathsOf(root), records, bytes: size, findings };
    }
    case 'json': {
      const { root, findings } = readJson(bytes);
      const records = root?.children.length ?? 0;
      return { format, root: root?.kind ?? null, ...pathsOf(root), records, bytes: size, findings };
    }
    case 'csv':
      return inspectCsv(bytes, size);
  }
}

function pathsOf(root: TreeNode | null): Pick<FormatInspection, 'paths' | 'pathsCut'> {
  if (root === null) return {};
  const { paths, cut } = treePaths(root);
  return cut ? { paths, pathsCut: true } : { paths };
}

function inspectCsv(bytes: Buffer, size: number): FormatInspection {
  const { columns, records, findings } = readCsv(bytes);
  const all = [...findings];
  let count = 0;
  let more = 0;
  for (const record of records) {
    if (record.node.children.length > 0) count++;
    for (const found of record.findings) {
      if (all.length < MOST_FINDINGS || found.severity === 'rejected') all.push(found);
      else more++;
    }
  }
  if (more > 0) {
    const text = `There are ${more} more findings than are kept.`;
    all.push(finding('FINDINGS_CUT', { path: 'csv', position: { byte: 0 }, value: String(more), text }));
  }
  return { format: 'csv', columns, records: count, bytes: size, findings: all };
}
