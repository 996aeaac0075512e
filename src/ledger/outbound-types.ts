import type { AcknowledgedStatus } from '../edi/acknowledge/acknowledged.ts';
import { SENT_STATES } from '../edi/acknowledge/sent-state.ts';
import type { MapStandard } from '../mapping/trees/standards.ts';
import type { ExpectedAnswer, OutboundAgreement } from '../partners/types.ts';
import type { NewException } from './exception-types.ts';
import type { Claim, DocumentReference, Page, Reason } from './types.ts';

/** Where a sent document stands: `queued` waits for its delivery, `failed` was given up, `overdue` was not answered in time. */
export const SENT_DOCUMENT_STATES = ['queued', ...SENT_STATES, 'overdue', 'failed', 'cancelled'] as const;
/** One of them. */
export type SentDocumentState = (typeof SENT_DOCUMENT_STATES)[number];

/** What a control number counts, by the place where it stands. */
export type NumberKind = 'ISA13' | 'GS06' | 'ST02' | 'UNB' | 'UNH';

/** A control number that a document takes: the serial counts without end, the number on the wire may begin anew. */
export interface TakenNumber {
  readonly kind: NumberKind;
  readonly serial: number;
}

/** An event that somebody handed over to be sent; its id is the key by which it is known again. */
export interface NewOutboundEvent {
  readonly eventId: string;
  readonly partnerId: string;
  /** Of the event, whatever the order of its fields. */
  readonly contentHash: string;
  /** As JSON. */
  readonly body: string;
  readonly acceptedAt: number;
}

/** A document made of such an event, in an interchange of its own; its bytes are in the archive. */
export interface NewSentDocument {
  readonly id: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly partnerId: string;
  /** Id of the partner's connection. */
  readonly connection: string;
  readonly standard: MapStandard;
  readonly type: string;
  readonly release: string;
  readonly mapPin: string;
  readonly groupCode: string;
  /** As the document says them; empty where it has none. */
  readonly interchangeControlNumber: string;
  readonly groupControlNumber: string;
  readonly controlNumber: string;
  readonly test: boolean;
  /** Name of the file that the partner sees. */
  readonly name: string;
  readonly contentType: string;
  readonly size: number;
  readonly sha256: string;
  readonly expect: OutboundAgreement['expect'];
  readonly acceptedAt: number;
}

export interface SentDocumentRow extends NewSentDocument {
  readonly state: SentDocumentState;
  readonly reason: Reason | null;
  readonly sentAt: number | null;
  /** What the partner finds it by: a path, a Message-ID. */
  readonly reference: string | null;
  /** What the partner's side said of it. */
  readonly says: string | null;
  /** When what was expected came. */
  readonly answeredAt: number | null;
}

/** A document with the numbers it takes and what it refers to. */
export interface NumberedDocument {
  readonly document: NewSentDocument;
  readonly numbers: readonly TakenNumber[];
  readonly references: readonly DocumentReference[];
}

export type OutboundOutcome = 'recorded' | 'known' | 'numbers-taken';

export interface SentDocumentFilter {
  readonly partner?: string;
  readonly type?: string;
  readonly state?: SentDocumentState;
  /** Id of the event, a control number, or any business reference. */
  readonly ref?: string;
  /** acceptedAt, from inclusive, to exclusive. */
  readonly from?: number;
  readonly to?: number;
}

/** What proves that a document went out; `confirmed` when the partner's side said so. */
export interface DeliveryReceipt {
  readonly reference: string;
  readonly confirmed: boolean;
  readonly says: string | null;
}

/** What a partner says of a document that was sent. */
export interface SentAnswer {
  readonly documentId: string;
  readonly kind: ExpectedAnswer;
  readonly told: AcknowledgedStatus;
  /** Why, where something was refused. */
  readonly reason: Reason | null;
}

/** What the ledger knows of documents that we send. */
export interface OutboundLedger {
  /** The serial that the next number of each kind has. */
  nextSerials(partnerId: string): Promise<Readonly<Record<NumberKind, number>>>;
  /**
   * Records an event with its documents, the control numbers they take and the work to deliver each. `known`: an event of that
   * id is there already; `numbers-taken`: somebody was faster, and the documents must be numbered anew. Both record nothing.
   */
  recordOutbound(event: NewOutboundEvent, documents: readonly NumberedDocument[]): Promise<OutboundOutcome>;
  outboundEvent(eventId: string): Promise<NewOutboundEvent | null>;
  /** The documents of an event, in the order they were made. */
  documentsOfEvent(eventId: string): Promise<readonly SentDocumentRow[]>;
  sentDocument(id: string): Promise<SentDocumentRow | null>;
  /** Newest first. */
  sentDocuments(filter: SentDocumentFilter, cursor: string | null, limit: number): Promise<Page<SentDocumentRow>>;
  /** Documents that went to a partner under any of these control numbers of a group or an interchange. */
  sentUnder(
    partnerId: string,
    level: 'group' | 'interchange',
    controlNumbers: readonly string[],
  ): Promise<readonly SentDocumentRow[]>;
  /** Notes that a document is with the partner, and when its answer is due; null: there was nothing to deliver any more. */
  recordDelivery(claim: Claim, receipt: DeliveryReceipt | null, now: number): Promise<void>;
  /** Settles what a partner's acknowledgment names, and opens the exceptions it gives. */
  recordAnswers(
    claim: Claim,
    answers: readonly SentAnswer[],
    exceptions: readonly NewException[],
    now: number,
  ): Promise<void>;
  /** An answer that came by itself, as an MDN does: settles one document. False when there is none. */
  recordAnswer(answer: SentAnswer, now: number): Promise<boolean>;
  /** The answers to these documents are overdue, unless they came meanwhile. */
  recordOverdue(claims: readonly Claim[], now: number): Promise<void>;
}
