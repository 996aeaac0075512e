import type { TransactionSet } from '../../edi/envelope.ts';
import { accepted, type Finding } from '../../edi/finding.ts';
import { finding } from '../../edi/findings.ts';
import type { CompiledMap } from '../types.ts';
import { readTreeFile, treeHash } from './read-file.ts';
import { structureOfTree, type TreeStructure } from './tree-structure.ts';

/** One document of a file without interchanges, as its map sees it. */
export interface TreeDocumentRead {
  /** In the terms that documents of X12 and EDIFACT have; the control number is its place in the file, from 1. */
  readonly document: TransactionSet;
  readonly structure: TreeStructure;
  readonly contentHash: string;
  readonly findings: readonly Finding[];
}

/** The documents of a file, and what is wrong with the file. */
export interface TreeReading {
  readonly documents: readonly TreeDocumentRead[];
  readonly findings: readonly Finding[];
}

/** Reads a file with a map for JSON, XML or CSV. A file of another kind is a rejecting finding. */
export function readTreeDocuments(bytes: Buffer, map: CompiledMap): TreeReading {
  const { layout, document } = map;
  if (layout === null || document.tree === null) return { documents: [], findings: [unknown(map)] };
  const file = readTreeFile(bytes, document.tree);
  if (!accepted(file.findings)) return { documents: [], findings: file.findings };
  if (!file.recognised || file.documents.length === 0)
    return { documents: [], findings: [...file.findings, unknown(map)] };
  const documents = file.documents.map(({ root, start, end, findings }, ordinal): TreeDocumentRead => {
    const structure = structureOfTree(layout, root, bytes);
    const controlNumber = String(ordinal + 1);
    const { segments } = structure;
    const type = document.set;
    return {
      document: { ordinal, type, release: '', controlNumber, segments, complete: true, start, end },
      structure,
      contentHash: treeHash(root),
      findings,
    };
  });
  return { documents, findings: file.findings };
}

/** True when a file holds documents that the map is for. */
export function recognises(bytes: Buffer, { document }: CompiledMap): boolean {
  if (document.tree === null) return false;
  const { recognised, documents } = readTreeFile(bytes, document.tree);
  return recognised && documents.length > 0;
}

function unknown({ pin, document }: CompiledMap): Finding {
  const text = `The file holds no document that ${pin} reads.`;
  return finding('FORMAT_UNKNOWN', { path: document.standard, position: { byte: 0 }, text });
}
