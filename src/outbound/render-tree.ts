import { isDeepStrictEqual } from 'node:util';
import type { Finding } from '../edi/finding.ts';
import { finding } from '../edi/findings.ts';
import { readTreeDocuments } from '../mapping/trees/documents.ts';
import { writeTreeFile } from '../mapping/trees/write-file.ts';
import type { CompiledMap } from '../mapping/types.ts';
import type { WrittenDocument } from '../mapping/writing/types.ts';
import type { Rendering } from './render.ts';

/** Documents that a map wrote as one file of JSON, XML or CSV, which is read again before it is given out. */
export function renderTree(
  map: CompiledMap,
  documents: readonly WrittenDocument[],
  findings: readonly Finding[],
): Rendering {
  const { layout, document } = map;
  const refused = (faults: readonly Finding[]): Rendering => ({
    bytes: null,
    documents: 0,
    findings: [...findings, ...faults],
  });
  if (layout === null || document.tree === null) return refused([]);
  const written = writeTreeFile(
    layout,
    document.tree,
    documents.map(({ segments }) => segments),
  );
  if (!written.ok) {
    return refused(
      written.refusals.map(({ path, text }) => finding('DOCUMENT_UNWRITABLE', { path, position: { byte: 0 }, text })),
    );
  }
  const again = readTreeDocuments(written.bytes, map);
  const { having } = document.tree;
  if (again.documents.length === 0 && having.length > 0) {
    const text = `The events do not say all of ${having.join(', ')}, by which ${map.pin} knows such a document.`;
    return refused([finding('DOCUMENT_UNWRITABLE', { path: document.standard, position: { byte: 0 }, text })]);
  }
  const same =
    again.documents.length === documents.length &&
    documents.every(({ segments }, index) => {
      const wanted = map.structureOf(segments);
      const got = again.documents[index]?.structure;
      return (
        got !== undefined && !('why' in wanted) && isDeepStrictEqual(map.read(wanted).events, map.read(got).events)
      );
    });
  if (same) return { bytes: written.bytes, documents: documents.length, findings };
  const text = `The file that ${map.pin} makes is read back as something else.`;
  return refused([finding('DOCUMENT_UNWRITABLE', { path: document.standard, position: { byte: 0 }, text })]);
}
