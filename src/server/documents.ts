import { SENT_DOCUMENT_STATES, type SentDocumentRow } from '../ledger/outbound-types.ts';
import type { DocumentRow } from '../ledger/types.ts';
import { attemptView } from './attempts.ts';
import { REASON_OR_NULL, STATE } from './common-schemas.ts';
import { documentsOfBoth, isSent } from './documents-of-both.ts';
import {
  COUNT,
  component,
  FLAG,
  listOf,
  oneOf,
  orNull,
  pageOfItems,
  pageSchema,
  record,
  TEXT,
  TIME,
} from './json-schema.ts';
import { choice, inPath, moment, PAGE_DEFAULT, PAGING, text } from './parameters.ts';
import { notFound } from './problem-responses.ts';
import { purged, RAW, sendRaw } from './raw.ts';
import { json, type Route, route } from './route.ts';
import { sentDocumentDetail, sentDocumentView } from './sent-documents.ts';
import type { OperationsSources } from './sources.ts';
import { timeText, timeTextOrNull } from './times.ts';

const DOCUMENT_FIELDS = {
  id: TEXT,
  fileId: TEXT,
  interchangeId: TEXT,
  ordinal: COUNT,
  partnerId: orNull(TEXT),
  direction: oneOf(['inbound']),
  type: TEXT,
  release: TEXT,
  groupCode: TEXT,
  groupVersion: TEXT,
  groupControlNumber: TEXT,
  controlNumber: TEXT,
  test: FLAG,
  segments: COUNT,
  start: { ...COUNT, description: 'First byte in the file.' },
  end: { ...COUNT, description: 'Byte after the last.' },
  contentHash: TEXT,
  receivedAt: TIME,
  state: STATE,
  reason: REASON_OR_NULL,
  mapPin: orNull(TEXT),
  duplicateOf: orNull(TEXT),
  settledAt: orNull(TIME),
  events: { ...COUNT, description: 'How many events came of it.' },
};

export const DOCUMENT_SCHEMAS = {
  Document: record('A transaction set or message that came in.', DOCUMENT_FIELDS),
  DocumentPage: pageOfItems({ anyOf: [component('Document'), component('SentDocument')] }),
  DocumentDetail: record('A document with its findings.', {
    ...DOCUMENT_FIELDS,
    findings: listOf(component('Finding')),
    unread: { ...listOf(TEXT), description: 'Segments and elements that no rule of the map read.' },
    links: record('Where the rest is.', { file: TEXT, events: TEXT, raw: TEXT, attempts: TEXT }),
  }),
  AttemptPage: pageSchema('Attempt'),
} as const;

const ALL_STATES = ['received', 'processed', 'quarantined', 'duplicate', ...SENT_DOCUMENT_STATES] as const;

const DOCUMENT_ID = inPath('Id of the document.', 'doc_01');

const FILTERS = {
  partner: text('Id of a partner.', 'acme-3pl'),
  type: text('Set or message type.', '856'),
  direction: choice('Inbound is what partners send us.', ['inbound', 'outbound']),
  state: choice('State of the document.', ALL_STATES),
  ref: text('A business reference or control number.', 'PO-778'),
  file: text('Id of the file.', 'fil_01'),
  from: moment('Received, or accepted to be sent, at or after this.'),
  to: moment('Received or accepted before this.'),
} as const;

/** The documents of all files, and those that we send. */
export function documentRoutes({ ledger, archive }: OperationsSources): readonly Route[] {
  async function documentOf(id: string): Promise<DocumentRow | SentDocumentRow> {
    const document = (await ledger.document(id)) ?? (await ledger.sentDocument(id));
    if (document === null) throw notFound(`document "${id}"`);
    return document;
  }

  const list = route({
    path: '/v1/documents',
    operation: 'listDocuments',
    summary: 'Documents, newest first.',
    parameters: { ...PAGING, ...FILTERS },
    answer: json('Documents', component('DocumentPage')),
    handle: async ({ after = null, limit = PAGE_DEFAULT, from, to, ...rest }, response) => {
      const filter = {
        ...rest,
        ...(from === undefined ? {} : { from: Date.parse(from) }),
        ...(to === undefined ? {} : { to: Date.parse(to) }),
      };
      const { items, next } = await documentsOfBoth(ledger, filter, after, limit);
      response.json({ items: items.map(anyView), next });
    },
  });

  const single = route({
    path: '/v1/documents/{id}',
    operation: 'getDocument',
    summary: 'One document, with its findings.',
    parameters: { id: DOCUMENT_ID },
    answer: json('The document', { anyOf: [component('DocumentDetail'), component('SentDocumentDetail')] }),
    handle: async ({ id }, response) => {
      const document = await documentOf(id);
      if (isSent(document)) response.json(sentDocumentDetail(document));
      else {
        const { findings, unread } = document;
        response.json({ ...documentView(document), findings, unread, links: linksOf(document) });
      }
    },
  });

  const raw = route({
    path: '/v1/documents/{id}/raw',
    operation: 'downloadDocument',
    summary: 'The bytes of a document, from its header to its trailer; of one that we send the whole file.',
    parameters: { id: DOCUMENT_ID },
    answer: RAW,
    handle: async ({ id }, response, request) => {
      const document = await documentOf(id);
      if (isSent(document)) {
        const { sha256, size } = document;
        return sendRaw(archive, { sha256, size, id, start: 0, end: size }, request, response);
      }
      const { fileId, start, end } = document;
      const file = await ledger.file(fileId);
      if (file === null) throw notFound(`file "${fileId}"`);
      if (file.bytesPurgedAt !== null) throw purged(id, file.bytesPurgedAt);
      await sendRaw(archive, { sha256: file.sha256, size: file.size, id, start, end }, request, response);
    },
  });

  const attempts = route({
    path: '/v1/documents/{id}/attempts',
    operation: 'listAttempts',
    summary: 'Attempts at translating or sending a document that failed.',
    parameters: { id: DOCUMENT_ID },
    answer: json('Attempts', component('AttemptPage')),
    handle: async ({ id }, response) => {
      await documentOf(id);
      const rows = await ledger.attemptsOf(id);
      response.json({ items: rows.map(attemptView), next: null });
    },
  });

  return [list, single, raw, attempts];
}

/** A document of either direction as lists show it. */
function anyView(document: DocumentRow | SentDocumentRow) {
  return isSent(document) ? sentDocumentView(document) : documentView(document);
}

/** A document that came in, as lists show it. */
export function documentView({ findings: _findings, unread: _unread, ...document }: DocumentRow) {
  const { receivedAt, settledAt } = document;
  return { ...document, receivedAt: timeText(receivedAt), settledAt: timeTextOrNull(settledAt) };
}

function linksOf({ id, fileId, test }: DocumentRow) {
  const self = `/v1/documents/${encodeURIComponent(id)}`;
  return {
    file: `/v1/files/${encodeURIComponent(fileId)}`,
    events: `/v1/events?document=${encodeURIComponent(id)}${test ? '&test=true' : ''}`,
    raw: `${self}/raw`,
    attempts: `${self}/attempts`,
  };
}
