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

/** A document read again from its stored bytes, with what is needed to translate it. */
export interface StoredDocument {
  readonly document: TransactionSet;
  /** Null when no table describes it. */
  readonly structure: Structure | null;
  /** The map its agreement pins; null when no agreement names one. */
  readonly map: CompiledMap | null;
  readonly context: TranslationContext;
}

/** Reads a document from its range of the file, as the configuration of now would translate it, or with a chosen map. */
export function storedDocument(
  configuration: Configuration,
  file: FileRow,
  interchange: NewInterchange,
  standard: Standard,
  row: DocumentRow,
  bytes: Buffer,
  chosen: CompiledMap | null = null,
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
