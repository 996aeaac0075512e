import { createHash } from 'node:crypto';
import type { CanonicalEvent } from '../../src/events/types.ts';
import type {
  Claim,
  Ledger,
  NewDocument,
  NewFile,
  NewInterchange,
  SplitResult,
  TranslationResult,
} from '../../src/ledger/types.ts';

/** Made-up rows for the ledger's tests. Each helper fills in what a test does not care about. */

export const NOON = Date.UTC(2026, 10, 20, 12);
export const LEASE = 60_000;

function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export function newFile(id: string, rest: Partial<NewFile> = {}): NewFile {
  return {
    id,
    sourceKey: `folder:acme/main/${id}`,
    connection: 'folder:acme/main',
    partnerId: 'acme',
    name: `${id}.edi`,
    size: 1000,
    sha256: sha256Of(id),
    receivedAt: NOON,
    ...rest,
  };
}

export function newInterchange(fileId: string, rest: Partial<NewInterchange> = {}): NewInterchange {
  return {
    id: `int_${fileId}`,
    fileId,
    ordinal: 1,
    partnerId: 'acme',
    standard: 'x12',
    version: '00401',
    sender: 'ZZ/ACME',
    receiver: 'ZZ/OURCO',
    controlNumber: '000000905',
    test: false,
    delimiters: '{}',
    start: 0,
    end: 1000,
    preparedAt: '2026-12-04T10:30:00',
    contentHash: sha256Of(`content of ${fileId}`),
    duplicateKey: `ZZ/ACME ZZ/OURCO ${fileId}`,
    state: 'accepted',
    reason: null,
    duplicateOf: null,
    findings: [],
    ...rest,
  };
}

export function newDocument(id: string, fileId: string, rest: Partial<NewDocument> = {}): NewDocument {
  return {
    id,
    fileId,
    interchangeId: `int_${fileId}`,
    ordinal: 1,
    partnerId: 'acme',
    direction: 'inbound',
    type: '856',
    release: '004010',
    groupCode: 'SH',
    groupVersion: '004010',
    groupControlNumber: '77',
    controlNumber: '0001',
    test: false,
    segments: 12,
    start: 100,
    end: 200,
    contentHash: sha256Of(id),
    receivedAt: NOON,
    state: 'received',
    reason: null,
    findings: [],
    ...rest,
  };
}

/** A split of a file of 1000 bytes: one interchange that holds these documents one after the other. */
export function newSplit(fileId: string, documentIds: readonly string[], rest: Partial<SplitResult> = {}): SplitResult {
  const width = Math.floor(1000 / Math.max(1, documentIds.length));
  return {
    fileId,
    state: 'received',
    reason: null,
    interchanges: [newInterchange(fileId)],
    documents: documentIds.map((id, index) =>
      newDocument(id, fileId, { ordinal: index + 1, start: index * width, end: (index + 1) * width }),
    ),
    gaps: [],
    ...rest,
  };
}

export function newEvent(id: string, rest: Partial<CanonicalEvent> = {}): CanonicalEvent {
  return {
    specversion: '1.0',
    id,
    source: '/partners/acme/856',
    type: 'logistics.shipment.advised.v1',
    subject: 'shipment/S1',
    time: '2026-11-20T08:00:00-06:00',
    datacontenttype: 'application/json',
    dataschema: 'urn:crossdock:logistics.shipment.advised:1.0.0',
    partnerid: 'acme',
    correlationid: 'fil_1',
    causationid: 'doc_1',
    classifier: 'actual',
    receivedtime: '2026-11-20T12:00:00Z',
    mapversion: 'x12/856@1.0.0',
    data: { adviceNumber: id },
    ...rest,
  };
}

export function newTranslation(
  documentId: string,
  fileId: string,
  eventIds: readonly string[],
  rest: Partial<TranslationResult> = {},
): TranslationResult {
  return {
    documentId,
    fileId,
    state: 'processed',
    reason: null,
    mapPin: 'x12/856@1.0.0',
    findings: [],
    unread: [],
    references: [],
    events: eventIds.map((id) => newEvent(id)),
    test: false,
    ...rest,
  };
}

/** Claims the work of one subject, whatever else is due. */
export async function claimOf(ledger: Ledger, kind: Claim['kind'], subjectId: string, now = NOON): Promise<Claim> {
  const claims = await ledger.claim(kind, 500, now, LEASE);
  const claim = claims.find((candidate) => candidate.subjectId === subjectId);
  if (claim === undefined) throw new Error(`No ${kind} is due for ${subjectId}.`);
  await ledger.release(
    claims.filter((other) => other !== claim),
    now,
  );
  return claim;
}

/** Takes a file in and splits it into these documents. */
export async function takeIn(ledger: Ledger, file: NewFile, split: SplitResult): Promise<void> {
  await ledger.recordFiles([file]);
  await ledger.recordSplit([{ claim: await claimOf(ledger, 'split', file.id), result: split }], NOON + 1);
}

/** Records what translating a document gave. */
export async function translateOne(ledger: Ledger, result: TranslationResult): Promise<void> {
  const claim = await claimOf(ledger, 'translate', result.documentId, NOON + 2);
  await ledger.recordTranslations([{ claim, result }], NOON + 2);
}
