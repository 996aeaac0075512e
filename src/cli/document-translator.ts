import type { Checked } from '../edi/check/index.ts';
import { documentHash } from '../edi/content-hash.ts';
import type { Charset } from '../edi/delimiters.ts';
import { GatewayError } from '../errors.ts';
import { receivedDocumentEvent } from '../inbound/received-document.ts';
import { interchangeTime, type Translation, translate } from '../mapping/translate.ts';
import type { CompiledMap } from '../mapping/types.ts';
import type { Configuration } from '../partners/configuration.ts';
import { documentAgreement } from '../partners/find.ts';
import { identifierOf } from '../partners/identifiers.ts';
import { gradedForPartner } from '../partners/severity.ts';
import type { TradingPartner } from '../partners/types.ts';
import { didYouMean } from '../util/suggest.ts';
import type { CheckedDocument } from './read-documents.ts';

export interface TranslatorOptions {
  readonly partner?: string | undefined;
  /** Exact pin that is used for every document it fits. */
  readonly map?: string | undefined;
}

/** Translates documents of a file on the command line as the gateway would, without a ledger. */
export interface DocumentTranslator {
  /** In what the partner writes, whatever its envelopes say. */
  readonly charset: Charset | undefined;
  /** What checking gave, with the severities that were agreed with the partner. */
  graded(checked: Checked): Checked;
  /** The map for a document; null when none reads it. */
  mapFor(document: CheckedDocument): CompiledMap | null;
  /** `file` names the file in place of its ledger ids. */
  translate(document: CheckedDocument, file: string): Pick<Translation, 'events' | 'findings' | 'unread'>;
}

/** The partner of that id. PARTNER_NOT_FOUND when there is none. */
export function partnerNamed({ partners }: Configuration, id: string): TradingPartner {
  const partner = partners.find((candidate) => candidate.id === id);
  if (partner !== undefined) return partner;
  const ids = partners.map((candidate) => candidate.id);
  throw new GatewayError('PARTNER_NOT_FOUND', `there is no partner "${id}". ${didYouMean(id, ids)}`);
}

/** A checked document with what its agreement demands on top of the standard. */
function withExpectations(checked: CheckedDocument, map: CompiledMap | null): CheckedDocument {
  if (map === null || checked.structure === null) return checked;
  const expected = map.expect(checked.structure);
  return expected.length === 0 ? checked : { ...checked, findings: [...checked.findings, ...expected] };
}

/** PARTNER_NOT_FOUND or MAP_NOT_FOUND when the options name what is not there. */
export function createTranslator(configuration: Configuration, options: TranslatorOptions): DocumentTranslator {
  const partner = options.partner === undefined ? undefined : partnerNamed(configuration, options.partner);
  const pinned = options.map === undefined ? undefined : configuration.maps.find(options.map);
  if (options.map !== undefined && pinned === undefined) {
    throw new GatewayError(
      'MAP_NOT_FOUND',
      `there is no map "${options.map}". ${didYouMean(options.map, configuration.maps.pins)}`,
    );
  }

  const mapFor = (checked: CheckedDocument): CompiledMap | null => {
    const { type, release, segments } = checked.document;
    if (pinned !== undefined) return pinned.document.set === type ? pinned : null;
    if (partner !== undefined) return documentAgreement(partner, configuration, checked.document)?.map ?? null;
    return configuration.maps.newest(checked.interchange.standard, type, release, segments) ?? null;
  };

  return {
    charset: partner?.charset ?? undefined,
    graded: (checked) => {
      const judged = partner === undefined ? checked : gradedForPartner(checked, partner);
      return judged.kind === 'document' ? withExpectations(judged, mapFor(judged)) : judged;
    },
    mapFor,
    translate: (checked, file) => {
      const { document, structure, interchange, group } = checked;
      const context = {
        partnerId: partner?.id ?? 'none',
        timezone: partner?.timezone ?? null,
        documentId: `${file}#${document.controlNumber}`,
        fileId: file,
        receivedAt: Date.now(),
        documentTime: interchangeTime(interchange),
      };
      const map = mapFor(checked);
      if (map !== null && structure !== null) return translate(document, structure, map, context);
      const controlNumbers = {
        interchange: interchange.controlNumber,
        group: group.controlNumber,
        document: document.controlNumber,
      };
      const unread = {
        standard: interchange.standard,
        set: document.type,
        release: document.release,
        group: group.code,
        sender: identifierOf(interchange.sender),
        receiver: identifierOf(interchange.receiver),
        controlNumbers,
        segments: document.segments.count,
        start: document.start,
        end: document.end,
        sha256: '',
        contentHash: documentHash(document),
      };
      return { events: receivedDocumentEvent(unread, context).events, findings: [], unread: [] };
    },
  };
}
