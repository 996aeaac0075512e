import type { Finding } from '../edi/finding.ts';
import type { CanonicalEvent } from '../events/types.ts';
import type { MapStandard } from '../mapping/trees/standards.ts';
import type { ExceptionLedger } from './exception-types.ts';
import type { MessageLedger } from './message-types.ts';
import type { OutboundLedger, SentDocumentRow } from './outbound-types.ts';
import type { PurgeLedger } from './purge-types.ts';
import type { ReplayLedger } from './replay-types.ts';

/**
 * The ledger holds every state. `received` means in flight; the other four are settled, and a settled row always says why
 * when it is not plainly processed. Times are milliseconds since 1970 (UTC); ids are text, sortable by creation.
 */
export type FileState = 'received' | 'processed' | 'rejected' | 'quarantined' | 'duplicate';
export type DocumentState = FileState;
export type InterchangeState = 'accepted' | 'rejected' | 'quarantined' | 'duplicate';

/** Why something is in its state: a registered reason code and a sentence for people. */
export interface Reason {
  readonly code: string;
  readonly text: string;
}

/** A file as it arrived. */
export interface NewFile {
  readonly id: string;
  /** Same key, same arrival: a file seen again because the process died before it was taken away. */
  readonly sourceKey: string;
  /** `folder:demo-3pl/main`. */
  readonly connection: string;
  readonly partnerId: string | null;
  /** The name as the sender gave it; data, never a path of ours. */
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  readonly receivedAt: number;
}

export interface FileRow extends NewFile {
  readonly state: FileState;
  readonly reason: Reason | null;
  readonly duplicateOf: string | null;
  readonly settledAt: number | null;
  /** When its bytes were purged; null while they are there. */
  readonly bytesPurgedAt: number | null;
  /** Counts by document state; their sum is every document seen in the file. */
  readonly documents: Readonly<Record<DocumentState, number>>;
}

export interface NewInterchange {
  readonly id: string;
  readonly fileId: string;
  readonly ordinal: number;
  readonly partnerId: string | null;
  readonly standard: MapStandard;
  readonly version: string;
  readonly sender: string;
  readonly receiver: string;
  readonly controlNumber: string;
  readonly test: boolean;
  /** Delimiters as JSON, so that one document can be read again by itself. */
  readonly delimiters: string;
  readonly start: number;
  readonly end: number;
  /** When the sender made it, by its own clock (`2026-12-04T10:30:00`); null where it does not say. */
  readonly preparedAt: string | null;
  /** Hash of the documents with delimiters and white space made neutral. */
  readonly contentHash: string;
  /** Sender, receiver and control number of the interchange; what a duplicate is recognised by. */
  readonly duplicateKey: string;
  readonly state: InterchangeState;
  readonly reason: Reason | null;
  readonly duplicateOf: string | null;
  readonly findings: readonly Finding[];
}

export interface NewDocument {
  readonly id: string;
  readonly fileId: string;
  readonly interchangeId: string;
  readonly ordinal: number;
  readonly partnerId: string | null;
  readonly direction: 'inbound' | 'outbound';
  readonly type: string;
  readonly release: string;
  readonly groupCode: string;
  readonly groupVersion: string;
  readonly groupControlNumber: string;
  readonly controlNumber: string;
  readonly test: boolean;
  readonly segments: number;
  readonly start: number;
  readonly end: number;
  readonly contentHash: string;
  readonly receivedAt: number;
  readonly state: DocumentState;
  readonly reason: Reason | null;
  readonly findings: readonly Finding[];
}

export interface DocumentRow extends NewDocument {
  readonly mapPin: string | null;
  readonly duplicateOf: string | null;
  readonly settledAt: number | null;
  readonly events: number;
  /** Segments and elements no rule of the map read, as references (`REF(01=IV)`). */
  readonly unread: readonly string[];
}

/** Bytes of a file that belong to no interchange. */
export interface Gap {
  readonly reason: string;
  readonly start: number;
  readonly end: number;
}

/** What splitting a file found; written in one transaction. */
export interface SplitResult {
  readonly fileId: string;
  /** Settled at once, or `received` while documents wait for translation. */
  readonly state: FileState;
  readonly reason: Reason | null;
  readonly interchanges: readonly NewInterchange[];
  readonly documents: readonly NewDocument[];
  readonly gaps: readonly Gap[];
}

/** A business reference a document carries, for looking it up by any id. */
export interface DocumentReference {
  readonly type: string;
  readonly value: string;
}

/** What translating one document gave; written in one transaction with its events. */
export interface TranslationResult {
  readonly documentId: string;
  readonly fileId: string;
  readonly state: 'processed' | 'rejected' | 'quarantined';
  readonly reason: Reason | null;
  readonly mapPin: string | null;
  readonly findings: readonly Finding[];
  readonly unread: readonly string[];
  readonly references: readonly DocumentReference[];
  /** In document order; `sequence` is given when they are recorded. */
  readonly events: readonly CanonicalEvent[];
  readonly test: boolean;
  /** It answers documents of ours: work to reconcile it becomes due. */
  readonly acknowledges?: boolean;
}

/** One attempt at a step of work that did not succeed. */
export interface AttemptRow {
  readonly id: string;
  readonly kind: WorkKind;
  readonly subjectId: string;
  readonly attempt: number;
  readonly at: number;
  readonly error: string;
}

/**
 * `split` a file, `translate` a document, `deliver` one of ours, `reconcile` an acknowledgment with what it answers, `expect`
 * an answer: due when it is overdue.
 */
export type WorkKind = 'split' | 'translate' | 'deliver' | 'reconcile' | 'expect';

/** A claimed piece of work. Its effect may be recorded only while the epoch is still ours. */
export interface Claim {
  readonly workId: string;
  readonly kind: WorkKind;
  /** File id for `split`; document id for `translate` and `reconcile`; id of a sent document for `deliver` and `expect`. */
  readonly subjectId: string;
  /** Counted from 1; this claim included. */
  readonly attempt: number;
  readonly epoch: number;
  /** How many claims of it before ended by themselves: the process died or hung, and nobody reported. See `Ledger.claim`. */
  readonly lost: number;
}

/** A page of a list; `next` is null at the end. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

export interface FileFilter {
  readonly partner?: string;
  readonly state?: FileState;
}

export interface DocumentFilter {
  readonly id?: string;
  readonly partner?: string;
  readonly type?: string;
  readonly direction?: 'inbound' | 'outbound';
  readonly state?: DocumentState;
  /** Any business reference or control number. */
  readonly ref?: string;
  readonly file?: string;
  /** receivedAt, from inclusive, to exclusive. */
  readonly from?: number;
  readonly to?: number;
}

export interface EventFilter {
  /** An event type; a trailing `*` matches any ending. */
  readonly type?: string;
  readonly subject?: string;
  readonly partner?: string;
  readonly document?: string;
  /** Events of test interchanges are left out unless this is true; then only they are given. */
  readonly test?: boolean;
}

/** What is known of an interchange that was accepted. */
export interface AcceptedInterchange {
  readonly id: string;
  readonly contentHash: string;
  /** When its file was received. */
  readonly receivedAt: number;
}

/** An event in the feed; `position` grows without end and never changes. */
export interface FeedEvent {
  readonly position: number;
  /** The event as it is stored, JSON in one line: for whoever passes it on. */
  readonly json: string;
  /** The same read, when it is asked for. */
  readonly event: CanonicalEvent;
}

/** One line of `crossdock ledger check` that does not add up. */
export interface Imbalance {
  readonly equation: string;
  readonly subject: string;
  readonly text: string;
}

/** Where a reference was found. */
export interface Trace {
  readonly files: readonly FileRow[];
  readonly documents: readonly DocumentRow[];
  readonly events: readonly FeedEvent[];
  /** Documents that we send. */
  readonly sent: readonly SentDocumentRow[];
}

/** An act that must be known later. */
export interface AuditEntry {
  /** Who: `system`, or a name that was proven. */
  readonly actor: string;
  /** `configuration.changed`. */
  readonly action: string;
  /** What it was done to; empty for the gateway itself. */
  readonly target: string;
  readonly details: Readonly<Record<string, string>>;
}

export interface AuditRow extends AuditEntry {
  /** From 1, without a gap. */
  readonly seq: number;
  readonly at: number;
  /** SHA-256 over this row and the hash of the one before. */
  readonly hash: string;
}

export interface AuditVerdict {
  readonly intact: boolean;
  /** Rows that are as they were written, from the first on. */
  readonly rows: number;
  /** Hash of the last row; empty when the log is broken. */
  readonly head: string;
  /** What is wrong; empty when nothing is. */
  readonly text: string;
}

/** Gauges for /metrics. */
export interface LedgerCounts {
  readonly files: Readonly<Record<FileState, number>>;
  readonly documents: Readonly<Record<DocumentState, number>>;
  readonly events: number;
  readonly workDue: number;
  readonly oldestInFlightAt: number | null;
}

/**
 * One interface over every database. Each method is one transaction: it happened whole or not at all, also when the
 * process dies in it. All throw GatewayError LEDGER_UNAVAILABLE when the database does not answer.
 */
export interface Ledger extends ReplayLedger, PurgeLedger, MessageLedger, ExceptionLedger, OutboundLedger {
  /**
   * Records files that are durable in the archive, and the work to split each. A sourceKey seen before records nothing
   * (`known`); bytes that the same partner sent before, in a file now received or processed, record a `duplicate`.
   * Answers in the order given.
   */
  recordFiles(
    files: readonly NewFile[],
  ): Promise<readonly { readonly id: string; readonly outcome: 'recorded' | 'duplicate' | 'known' }[]>;

  /**
   * Up to `limit` pieces of due work, leased until `now + lease`; oldest first. Partners take turns, a bulkhead keeps one from
   * holding everything, and files of one partner are held by one process at a time. Of deliveries only the oldest of each
   * partner is claimed, so that they go out in order. Several processes may claim at once.
   * With `alone` what is claimed is worked on while nothing else is: a loss then counts each time. Of what was lost while it was
   * held with others, it is only known that it may be to blame: that counts once.
   */
  claim(kind: WorkKind, limit: number, now: number, lease: number, alone?: boolean): Promise<readonly Claim[]>;
  /** Makes leases end now; for work claimed by this process but not done at shutdown. */
  release(claims: readonly Claim[], now: number): Promise<void>;
  /** Makes the leases of claims that are still held end at `now + lease`, for a step that takes long. */
  extend(claims: readonly Claim[], now: number, lease: number): Promise<void>;
  /** Notes a failed attempt and makes the work due again at `dueAt`; null gives up: the work is gone and the subject (and what waits under it) is quarantined with `reason`. */
  fail(claim: Claim, at: number, error: string, dueAt: number | null, reason: Reason): Promise<void>;
  /** Milliseconds (epoch) when the next piece of that kind falls due, null when there is none. */
  nextDueAt(kind: WorkKind): Promise<number | null>;
  /**
   * How many more losses than usual it takes to blame this claim for the end of processes: one for each other piece of work that was
   * lost alone too, and some when one of those turned out fine a moment ago. Something else ends processes then. A few at most.
   */
  doubts(claim: Claim, now: number): Promise<number>;
  /**
   * The clock went back by so many milliseconds, and what was noted before would wait for it to come that far again: what nobody
   * holds is due as much earlier, what was never tried is due now. With 0 only that: for when nobody looked at the clock.
   */
  bringForward(now: number, by: number): Promise<void>;
  /** How many files and documents of a partner wait or are worked on, counted up to `most`. */
  backlog(partnerId: string, most: number): Promise<number>;
  /** Takes or keeps a lease by name; false while another holder has it. Only one process polls a source, by its lease. */
  takeLease(name: string, holder: string, now: number, until: number): Promise<boolean>;
  /** Lets go of a lease, if it is this holder's. */
  endLease(name: string, holder: string): Promise<void>;

  /** By key the latest interchange that was accepted with it, for recognising duplicates. Keys without one are left out. */
  acceptedInterchanges(duplicateKeys: readonly string[]): Promise<ReadonlyMap<string, AcceptedInterchange>>;
  /** Writes what splitting found, work to translate each `received` document, and ends the claim. A claim whose epoch has passed writes nothing. */
  recordSplit(results: readonly { readonly claim: Claim; readonly result: SplitResult }[], now: number): Promise<void>;
  /** Writes translations, their events and references, settles files whose last document settled, and ends the claims. A document all of whose events exist already is settled as `duplicate` (RESEND). */
  recordTranslations(
    results: readonly { readonly claim: Claim; readonly result: TranslationResult }[],
    now: number,
  ): Promise<void>;

  file(id: string): Promise<FileRow | null>;
  filesByIds(ids: readonly string[]): Promise<readonly FileRow[]>;
  files(filter: FileFilter, cursor: string | null, limit: number): Promise<Page<FileRow>>;
  document(id: string): Promise<DocumentRow | null>;
  documentsByIds(ids: readonly string[]): Promise<readonly DocumentRow[]>;
  documents(filter: DocumentFilter, cursor: string | null, limit: number): Promise<Page<DocumentRow>>;
  interchange(id: string): Promise<NewInterchange | null>;
  interchangesByIds(ids: readonly string[]): Promise<readonly NewInterchange[]>;
  interchangesOf(fileId: string): Promise<readonly NewInterchange[]>;
  gapsOf(fileId: string): Promise<readonly Gap[]>;
  attemptsOf(subjectId: string): Promise<readonly AttemptRow[]>;
  /** Events after a position, oldest first. */
  events(filter: EventFilter, after: number, limit: number): Promise<readonly FeedEvent[]>;
  event(id: string): Promise<FeedEvent | null>;
  /** Everything that any id leads to: file, document or event id, control number, reference, file name, hash. */
  trace(ref: string): Promise<Trace>;
  /** How far a polled source has been read, in words of its transport; null when it never was. */
  mark(connection: string): Promise<string | null>;
  setMark(connection: string, mark: string): Promise<void>;
  /** What a file was answered; null when nobody asked so far. */
  acknowledgment(fileId: string): Promise<Buffer | null>;
  /** Keeps what a file is answered; answers what was kept first. */
  keepAcknowledgment(fileId: string, content: Buffer): Promise<Buffer>;
  /** Writes an act to the audit log, which the database lets nobody change. */
  audit(entry: AuditEntry, at: number): Promise<AuditRow>;
  /** Rows after one, oldest first. */
  auditTrail(after: number, limit: number): Promise<readonly AuditRow[]>;
  /** Whether every row is as it was written; `head` is a hash kept elsewhere that must still be among them. */
  verifyAudit(head: string | null): Promise<AuditVerdict>;
  counts(): Promise<LedgerCounts>;
  /** Rows that break the accounting equations; empty when the ledger balances. */
  check(): Promise<readonly Imbalance[]>;
  /** Milliseconds since 1970, by the clock that all processes on this ledger share. */
  time(): Promise<number>;
  /** True when a write would be accepted. */
  writable(): Promise<boolean>;
  close(): Promise<void>;
}
