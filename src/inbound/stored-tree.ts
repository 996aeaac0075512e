import { wholeBlob } from '../archive/unchanged.ts';
import type { TransactionSet } from '../edi/envelope.ts';
import type { DocumentRow, FileRow } from '../ledger/types.ts';
import { readTreeDocuments, type TreeReading } from '../mapping/trees/documents.ts';
import { segmentsOfRows } from '../mapping/trees/rows.ts';
import type { TreeStandard } from '../mapping/trees/standards.ts';
import type { CompiledMap } from '../mapping/types.ts';
import { namedTreeAgreement } from '../partners/tree-agreement.ts';
import type { InboundParts } from './parts.ts';
import { mapInstead, type StoredDocument } from './stored-document.ts';

/** Reads documents of one file again, which is read once for all of them; with a chosen map in place of the agreed one. */
export function createTreeReader(
  { archive, configuration }: Pick<InboundParts, 'archive' | 'configuration'>,
  file: FileRow,
  chosen: CompiledMap | null = null,
): (standard: TreeStandard, row: DocumentRow) => Promise<StoredDocument> {
  const readings = new Map<string, TreeReading>();
  return async (standard, row) => {
    const { partners, mapOf } = configuration();
    const partner = partners.find(({ id }) => id === row.partnerId);
    const agreed = partner === undefined ? null : namedTreeAgreement(partner, { mapOf }, standard, row.type);
    const context = {
      partnerId: row.partnerId ?? 'unknown',
      timezone: partner?.timezone ?? null,
      documentId: row.id,
      fileId: file.id,
      receivedAt: file.receivedAt,
      documentTime: null,
      contentHash: row.contentHash,
    };
    const map = mapInstead(chosen, agreed?.agreement, agreed?.map ?? null);
    if (map === null) return { document: nothingOf(row), structure: null, map: null, context };
    let reading = readings.get(map.pin);
    if (reading === undefined) {
      reading = readTreeDocuments(await wholeBlob(archive, file.sha256, file.size), map);
      readings.set(map.pin, reading);
    }
    const read = reading.documents[row.ordinal];
    // Another map may divide the file otherwise: then this row stands for none of its documents.
    const found = read?.document.start === row.start && read.document.end === row.end ? read : undefined;
    return { document: found?.document ?? nothingOf(row), structure: found?.structure ?? null, map, context };
  };
}

/** A document that no map reads. */
function nothingOf({ ordinal, type, release, controlNumber, start, end }: DocumentRow): TransactionSet {
  return { ordinal, type, release, controlNumber, segments: segmentsOfRows([]), complete: true, start, end };
}
