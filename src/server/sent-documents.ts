import { SENT_DOCUMENT_STATES, type SentDocumentRow } from '../ledger/outbound-types.ts';
import { EXPECTED_ANSWERS } from '../partners/types.ts';
import { REASON_OR_NULL } from './common-schemas.ts';
import { COUNT, FLAG, oneOf, orNull, record, TEXT, TIME } from './json-schema.ts';
import { timeText, timeTextOrNull } from './times.ts';

const SENT_FIELDS = {
  id: TEXT,
  direction: oneOf(['outbound']),
  eventId: { ...TEXT, description: 'The event that it was made of.' },
  eventType: TEXT,
  partnerId: TEXT,
  connection: { ...TEXT, description: 'The connection of the partner that it goes over.' },
  standard: TEXT,
  type: TEXT,
  release: TEXT,
  mapPin: TEXT,
  groupCode: TEXT,
  interchangeControlNumber: TEXT,
  groupControlNumber: TEXT,
  controlNumber: TEXT,
  test: FLAG,
  name: { ...TEXT, description: 'Name of its file.' },
  contentType: TEXT,
  size: COUNT,
  sha256: TEXT,
  acceptedAt: TIME,
  state: {
    ...oneOf(SENT_DOCUMENT_STATES),
    description: '`queued` waits to be sent; `sent` waits for the word of the transport.',
  },
  reason: REASON_OR_NULL,
  sentAt: orNull(TIME),
  reference: { ...orNull(TEXT), description: 'What the partner finds it by: a path, a Message-ID.' },
  says: { ...orNull(TEXT), description: "What the partner's side said when it took it." },
  expects: { ...orNull(oneOf(EXPECTED_ANSWERS)), description: 'What must answer it.' },
  answerDueAt: orNull(TIME),
  answeredAt: { ...orNull(TIME), description: 'When what was expected came.' },
};

export const SENT_DOCUMENT_SCHEMAS = {
  SentDocument: record('A document that we send, in an interchange of its own.', SENT_FIELDS),
  SentDocumentDetail: record('The same, with where the rest is.', {
    ...SENT_FIELDS,
    links: record('Where the rest is.', { raw: TEXT, attempts: TEXT }),
  }),
} as const;

/** A sent document as lists show it. */
export function sentDocumentView({ acceptedAt, sentAt, answeredAt, expect, ...document }: SentDocumentRow) {
  return {
    ...document,
    direction: 'outbound' as const,
    acceptedAt: timeText(acceptedAt),
    sentAt: timeTextOrNull(sentAt),
    expects: expect?.answer ?? null,
    answerDueAt: timeTextOrNull(expect === null || sentAt === null ? null : sentAt + expect.within),
    answeredAt: timeTextOrNull(answeredAt),
  };
}

/** The same with its links. */
export function sentDocumentDetail(document: SentDocumentRow) {
  const self = `/v1/documents/${encodeURIComponent(document.id)}`;
  return { ...sentDocumentView(document), links: { raw: `${self}/raw`, attempts: `${self}/attempts` } };
}
