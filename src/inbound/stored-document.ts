import { blobChanged } from '../archive/faults.ts';
import type { Archive } from '../archive/types.ts';
import { documentHash } from '../edi/content-hash.ts';
import type { Delimiters } from '../edi/delimiters.ts';
import type { Standard, TransactionSet } from '../edi/envelope.ts';
import { readDocument } from '../edi/read.ts';
import { structureOf } from '../edi/structure.ts';
import type { Structure } from '../edi/structure-types.ts';
import type { DocumentRow, FileRow, NewInterchange } from '../ledger/types.ts';
import type { TranslationContext } from '../mapping/translate.ts';
import type { CompiledMap } from '../mapping/types.ts';
import type { Configuration } from '../partners/configuration.ts';
import { documentAgreement } from '../partners/find.ts';
import type { InboundAgreement } from '../partners/types.ts';
import type { InboundParts } from './parts.ts';

/** Documents whose bytes lie this close together in a file are read in one piece. */
const READ_AT_ONCE = 8 * 1024 * 1024;

/** A document read again from its stored bytes, with what is needed to translate it. */
export interface StoredDocument {
  readonly document: TransactionSet;
  /** Null when no table describes it. */
  readonly structure: Structure | null;
  /** The map its agreement pins; null when no agreement names one. */
  readonly map: CompiledMap | null;
  readonly context: TranslationContext;
}

/**
 * Reads documents of one file again, each held against the hash of what it said when it was split: ARCHIVE_BLOB_CORRUPT when the
 * stored bytes have changed since. Hashing what is read costs little; the whole file, which may be large, is hashed once and only
 * where that differs, as a later version of the program may hash otherwise. With a chosen map in place of the agreed one.
 */
export function createStoredReader(
  { archive, configuration }: Pick<InboundParts, 'archive' | 'configuration'>,
  file: FileRow,
  rows: readonly DocumentRow[],
  chosen: CompiledMap | null = null,
): (interchange: NewInterchange, standard: Standard, row: DocumentRow) => Promise<StoredDocument> {
  const bytesOf = createRangeReader(archive, file.sha256, rows);
  let verified: Promise<boolean> | null = null;
  return async (interchange, standard, row) => {
    const stored = storedDocument(configuration(), file, interchange, standard, row, await bytesOf(row), chosen);
    if (documentHash(stored.document) !== row.contentHash) {
      verified ??= archive.verify(file.sha256);
      if (!(await verified)) throw blobChanged('The archive', file.sha256);
    }
    return stored;
  };
}

/** Reads the documents' ranges: in one piece where they lie together, else one by one. */
function createRangeReader(
  archive: Pick<Archive, 'bytes'>,
  sha256: string,
  documents: readonly DocumentRow[],
): (document: DocumentRow) => Promise<Buffer> {
  const start = Math.min(...documents.map((document) => document.start));
  const end = Math.max(...documents.map((document) => document.end));
  if (end - start > READ_AT_ONCE) return (document) => archive.bytes(sha256, document.start, document.end);
  let whole: Promise<Buffer> | null = null;
  return async (document) => {
    whole ??= archive.bytes(sha256, start, end);
    return (await whole).subarray(document.start - start, document.end - start);
  };
}

/** Reads a document from its range of the file, as the configuration of now would translate it, or with a chosen map. */
function storedDocument(
  configuration: Configuration,
  file: FileRow,
  interchange: NewInterchange,
  standard: Standard,
  row: DocumentRow,
  bytes: Buffer,
  chosen: CompiledMap | null,
): StoredDocument {
  const { ordinal, type, release, controlNumber, start, end } = row;
  const delimiters: Delimiters = JSON.parse(interchange.delimiters);
  const segments = readDocument(bytes, start, delimiters);
  const partner = configuration.partners.find(({ id }) => id === row.partnerId);
  const agreed = partner === undefined ? null : documentAgreement(partner, configuration, { type, release, segments });
  const definition = configuration.dictionaries.find(standard, release, type)?.dictionary.set(type);
  return {
    document: { ordinal, type, release, controlNumber, segments, complete: true, start, end },
    structure: definition === undefined ? null : structureOf(definition, segments, () => {}),
    map: mapInstead(chosen, agreed?.agreement, agreed?.map ?? null),
    context: {
      partnerId: row.partnerId ?? 'unknown',
      timezone: partner?.timezone ?? null,
      documentId: row.id,
      fileId: file.id,
      receivedAt: file.receivedAt,
      documentTime: interchange.preparedAt,
      contentHash: row.contentHash,
    },
  };
}

/** The chosen map; where the agreement pins the very same, it goes with the overlay of the agreement. */
export function mapInstead(
  chosen: CompiledMap | null,
  agreement: InboundAgreement | undefined,
  agreed: CompiledMap | null,
): CompiledMap | null {
  return chosen === null || agreement?.map === chosen.pin ? agreed : chosen;
}
