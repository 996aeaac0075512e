import { setImmediate } from 'node:timers/promises';
import { isAcknowledgment } from '../edi/acknowledge/read-acknowledgment.ts';
import { GatewayError } from '../errors.ts';
import type { Claim, DocumentRow, FileRow, NewInterchange, Reason, TranslationResult } from '../ledger/types.ts';
import { translate as translateDocument } from '../mapping/translate.ts';
import { isTreeStandard } from '../mapping/trees/standards.ts';
import type { CompiledMap } from '../mapping/types.ts';
import { failPoints } from '../util/fail-point.ts';
import type { InboundParts } from './parts.ts';
import { receivedDocumentEvent, type UnreadDocument } from './received-document.ts';
import { createStoredReader, type StoredDocument } from './stored-document.ts';
import { createTreeReader } from './stored-tree.ts';
import { testEvent } from './test-event.ts';

/** After so many documents others get a turn: requests, and what arrives. */
const TURN = 8;

/**
 * Step three: translate · publish. Each document is read with the map its agreement pins; its events, references and new
 * state are recorded in one transaction. A document that no map reads is told as `document-received`, never dropped.
 */
export async function translate(parts: InboundParts, claims: readonly Claim[]): Promise<void> {
  const documents = await parts.ledger.documentsByIds(claims.map(({ subjectId }) => subjectId));
  const byDocument = await translateDocuments(parts, documents);
  const results = claims.flatMap((claim) => {
    const result = byDocument.get(claim.subjectId);
    return result === undefined ? [] : [{ claim, result }];
  });
  await failPoints?.reach('work.before_record');
  await parts.ledger.recordTranslations(results, parts.clock.now());
  if (results.some(({ result }) => result.events.length > 0)) parts.published();
  if (results.some(({ result }) => result.acknowledges === true)) parts.acknowledged();
}

/** What the stored bytes of documents give, by document; with `chosen` in place of the maps that are agreed on. */
export async function translateDocuments(
  parts: Pick<InboundParts, 'ledger' | 'archive' | 'configuration'>,
  documents: readonly DocumentRow[],
  chosen: CompiledMap | null = null,
): Promise<ReadonlyMap<string, TranslationResult>> {
  const fileIds = new Set(documents.map(({ fileId }) => fileId));
  const files = new Map((await parts.ledger.filesByIds([...fileIds])).map((file) => [file.id, file]));
  const interchangeIds = new Set(documents.map(({ interchangeId }) => interchangeId));
  const interchanges = new Map(
    (await parts.ledger.interchangesByIds([...interchangeIds])).map((interchange) => [interchange.id, interchange]),
  );
  const results = new Map<string, TranslationResult>();
  for (const [fileId, rows] of Map.groupBy(documents, (document) => document.fileId)) {
    const file = files.get(fileId);
    if (file === undefined) continue;
    if (file.bytesPurgedAt !== null) {
      throw new GatewayError('BYTES_PURGED', `The bytes of ${file.id} were purged, as retention says.`);
    }
    const storedOf = createStoredReader(parts, file, rows, chosen);
    const treeOf = createTreeReader(parts, file, chosen);
    for (const document of rows) {
      if (results.size % TURN === TURN - 1) await setImmediate();
      const interchange = interchanges.get(document.interchangeId);
      if (interchange === undefined) continue;
      const { standard, controlNumber } = interchange;
      if (failPoints !== null) await failPoints.reach('work.before_translate', controlNumber);
      const stored = isTreeStandard(standard)
        ? await treeOf(standard, document)
        : await storedOf(interchange, standard, document);
      const result = translateOne(file, interchange, document, stored);
      const events = document.test ? result.events.map(testEvent) : result.events;
      results.set(document.id, { ...result, events });
    }
  }
  return results;
}

function translateOne(
  file: FileRow,
  interchange: NewInterchange,
  row: DocumentRow,
  { document, structure, map, context }: StoredDocument,
): TranslationResult {
  // It needs no map: what it says is held against what we sent.
  const acknowledges = isAcknowledgment(row.type);
  const base = { documentId: row.id, fileId: file.id, test: row.test, ...(acknowledges ? { acknowledges } : {}) };
  if (map === null || structure === null) {
    const { events, references } = receivedDocumentEvent(unreadDocument(file, interchange, row), context);
    const known = structure !== null || isTreeStandard(interchange.standard);
    const reason = acknowledges ? null : unreadReason(row, known);
    return {
      ...base,
      state: 'processed',
      reason,
      mapPin: null,
      findings: row.findings,
      unread: [],
      references,
      events,
    };
  }
  const translation = translateDocument(document, structure, map, context);
  const { references, unread } = translation;
  const findings = [...map.expect(structure), ...translation.findings];
  const refused = findings.find(({ severity }) => severity === 'rejected');
  const reason = refused === undefined ? null : { code: refused.code, text: refused.text };
  const state = refused === undefined ? 'processed' : 'rejected';
  const all = [...row.findings, ...findings];
  const events = refused === undefined ? translation.events : [];
  return { ...base, state, reason, mapPin: map.pin, findings: all, unread, references, events };
}

function unreadReason(row: DocumentRow, known: boolean): Reason {
  const code = known ? 'NO_AGREEMENT' : 'SET_UNKNOWN';
  const text = known
    ? `No agreement of ${row.partnerId ?? 'the partner'} names a map for ${row.type}; it was delivered unread. Add a line under "inbound" in its partner.yaml.`
    : `No table describes ${row.type} ${row.release}; it was delivered unread.`;
  return { code, text };
}

function unreadDocument(file: FileRow, interchange: NewInterchange, row: DocumentRow): UnreadDocument {
  const { type: set, release, groupCode: group, segments, start, end, contentHash } = row;
  const { standard, sender, receiver } = interchange;
  const controlNumbers = {
    interchange: interchange.controlNumber,
    group: row.groupControlNumber,
    document: row.controlNumber,
  };
  return {
    standard,
    set,
    release,
    group,
    sender,
    receiver,
    controlNumbers,
    segments,
    start,
    end,
    contentHash,
    sha256: file.sha256,
  };
}
