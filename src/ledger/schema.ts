import type { Generated } from 'kysely';
import type { Owner } from '../exceptions/causes.ts';
import type { MapStandard } from '../mapping/trees/standards.ts';
import type { ExpectedAnswer } from '../partners/types.ts';
import type { ExceptionState, SubjectKind } from './exception-types.ts';
import type { NumberKind, SentDocumentState } from './outbound-types.ts';
import type { ReplayState } from './replay-types.ts';
import type { DocumentState, FileState, InterchangeState, WorkKind } from './types.ts';

/**
 * The tables as Kysely sees them; migrations/ makes them. Times are milliseconds, truth values 0 or 1, lists JSON text:
 * what every database stores alike.
 */
export interface LedgerTables {
  files: FilesTable;
  interchanges: InterchangesTable;
  gaps: GapsTable;
  documents: DocumentsTable;
  document_references: DocumentReferencesTable;
  events: EventsTable;
  subjects: SubjectsTable;
  counters: CountersTable;
  work: WorkTable;
  attempts: AttemptsTable;
  marks: MarksTable;
  acknowledgments: AcknowledgmentsTable;
  audit: AuditTable;
  leases: LeasesTable;
  replays: ReplaysTable;
  tallies: TalliesTable;
  as2_messages: As2MessagesTable;
  purges: PurgesTable;
  past_events: PastEventsTable;
  exceptions: ExceptionsTable;
  exception_subjects: ExceptionSubjectsTable;
  outbound_events: OutboundEventsTable;
  sent_documents: SentDocumentsTable;
  sent_references: DocumentReferencesTable;
  sent_numbers: SentNumbersTable;
}

interface ReasonColumns {
  reason_code: string | null;
  reason_text: string | null;
}

export interface FilesTable extends ReasonColumns {
  id: string;
  source_key: string;
  connection: string;
  partner_id: string | null;
  name: string;
  size: number;
  sha256: string;
  received_at: number;
  state: FileState;
  duplicate_of: string | null;
  settled_at: number | null;
  /** When splitting was recorded; null before, and for ever when splitting was given up. */
  split_at: number | null;
  /** How many documents splitting found: what the documents table is checked against. */
  documents_seen: number;
}

export interface InterchangesTable extends ReasonColumns {
  id: string;
  file_id: string;
  ordinal: number;
  partner_id: string | null;
  standard: MapStandard;
  version: string;
  sender: string;
  receiver: string;
  control_number: string;
  test: number;
  delimiters: string;
  start_byte: number;
  end_byte: number;
  prepared_at: string | null;
  content_hash: string;
  duplicate_key: string;
  state: InterchangeState;
  duplicate_of: string | null;
  findings: string;
}

interface GapsTable {
  file_id: string;
  start_byte: number;
  end_byte: number;
  reason: string;
}

export interface DocumentsTable extends ReasonColumns {
  id: string;
  file_id: string;
  interchange_id: string;
  ordinal: number;
  partner_id: string | null;
  direction: 'inbound' | 'outbound';
  type: string;
  release: string;
  group_code: string;
  group_version: string;
  group_control_number: string;
  control_number: string;
  test: number;
  segments: number;
  start_byte: number;
  end_byte: number;
  content_hash: string;
  received_at: number;
  state: DocumentState;
  findings: string;
  map_pin: string | null;
  duplicate_of: string | null;
  settled_at: number | null;
  events: number;
  unread: string;
}

interface DocumentReferencesTable {
  document_id: string;
  type: string;
  value: string;
}

export interface EventsTable {
  position: number;
  event_id: string;
  document_id: string;
  partner_id: string;
  type: string;
  subject: string;
  test: number;
  /** The whole event as JSON, with its sequence. */
  body: string;
  /** Of an event that takes the place of another: the id under which it was told first. Null for that one itself. */
  original_id: string | null;
  /** How often it was told anew; 0 for the first time. */
  revision: Generated<number>;
}

export interface ReplaysTable {
  id: string;
  created_at: number;
  actor: string;
  because: string;
  /** DocumentFilter as JSON. */
  filter: string;
  map_pin: string | null;
  dry_run: number;
  /** Documents a second at most. */
  rate: number;
  state: ReplayState;
  total: number;
  done: number;
  /** Where the last batch ended. */
  cursor: string | null;
  /** ReplayReport as JSON. */
  report: string;
  /** When the next batch may begin; a claim moves it to the end of its lease. */
  due_at: number;
  epoch: number;
  /** Claims in a row that did not end. */
  tries: number;
  ended_at: number | null;
}

/** The last sequence given to each subject. */
interface SubjectsTable {
  subject: string;
  sequence: number;
}

interface CountersTable {
  name: 'events' | 'probe' | 'acquitted';
  value: number;
}

export interface WorkTable {
  id: string;
  kind: WorkKind;
  subject_id: string;
  /** When it may be claimed; a claim moves it to the end of the lease. */
  due_at: number;
  attempt: number;
  epoch: number;
  /** Whose turn it takes up; empty when nobody's. */
  partner: string;
  /** No two pieces of one lane are held at the same time. */
  lane: string | null;
  /** 1 while a claim holds it, until `due_at`. */
  held: number;
  /** How often a claim of it ended by itself, as when the process died. */
  lost: number;
  /** 1 where the last claim was for it alone. */
  alone: Generated<number>;
}

/** Open problems of one cause; `fingerprint` is theirs alone while they are open. */
export interface ExceptionsTable {
  id: string;
  fingerprint: string;
  code: string;
  owner: Owner;
  partner_id: string | null;
  scope: string;
  text: string;
  remedy: string;
  state: ExceptionState;
  assignee: string | null;
  /** How many subjects it was about, since it was opened. */
  affected: number;
  first_seen: number;
  last_seen: number;
  resolved_at: number | null;
  resolution: string | null;
}

/** What an exception is about; 1 while that stands as it was. */
export interface ExceptionSubjectsTable {
  exception_id: string;
  kind: SubjectKind;
  subject_id: string;
  file_id: string | null;
  at: number;
  open: number;
}

interface LeasesTable {
  name: string;
  holder: string;
  until: number;
}

/** What people did; `hash` binds a row to the one before. */
export interface AuditTable {
  seq: number;
  at: number;
  actor: string;
  action: string;
  target: string;
  /** JSON of texts by name. */
  details: string;
  hash: string;
}

/** Rows by state (`files processed`), and `events`: kept by triggers, in parts that add up. */
interface TalliesTable {
  name: string;
  shard: number;
  count: number;
}

/** Messages over AS2, and their MDNs. */
export interface As2MessagesTable {
  message_id: string;
  theirs: string;
  ours: string;
  connection: string;
  received_at: number;
  sha256: string;
  /** JSON, as they came. */
  headers: string;
  disposition: string;
  accepted: number;
  content: string | null;
  /** JSON; null without an MDN. */
  mdn_headers: string | null;
  /** Base64. */
  mdn_body: string | null;
  mdn_due: string | null;
}

/** What remains of a file of which something was purged; a time is null while that is still there. */
interface PurgesTable {
  file_id: string;
  sha256: string;
  bytes_at: number | null;
  /** When the archive removed the bytes, if nobody else needed them. */
  removed_at: number | null;
  events_at: number | null;
  documents_at: number | null;
  /** Documents by state, and what else the books need, as it was. */
  processed: Generated<number>;
  rejected: Generated<number>;
  duplicate: Generated<number>;
  events: Generated<number>;
  interchange_bytes: Generated<number>;
  gap_bytes: Generated<number>;
}

/** First ids of events that were purged: what comes again is known all the same. */
interface PastEventsTable {
  event_id: string;
  document_id: string;
}

/** Events that somebody handed over to be sent. */
interface OutboundEventsTable {
  event_id: string;
  partner_id: string;
  content_hash: string;
  /** As JSON. */
  body: string;
  accepted_at: number;
  /** How many documents were made of it. */
  documents: number;
}

/** Documents that we send, one in an interchange of its own. */
export interface SentDocumentsTable extends ReasonColumns {
  id: string;
  event_id: string;
  event_type: string;
  partner_id: string;
  connection: string;
  standard: MapStandard;
  type: string;
  release: string;
  map_pin: string;
  group_code: string;
  /** As the document says them; empty where it has none. */
  interchange_number: string;
  group_number: string;
  control_number: string;
  test: number;
  name: string;
  content_type: string;
  size: number;
  sha256: string;
  expects: ExpectedAnswer | null;
  /** Milliseconds after it was sent. */
  expects_within: number | null;
  accepted_at: number;
  state: SentDocumentState;
  sent_at: number | null;
  reference: string | null;
  says: string | null;
  answered_at: number | null;
}

/** Every control number that was taken, counted without end; a voided one says why and belongs to no document. */
interface SentNumbersTable {
  partner_id: string;
  kind: NumberKind;
  serial: number;
  document_id: string | null;
  sha256: string | null;
  voided_because: string | null;
}

/** How far each polled source has been read. */
interface MarksTable {
  connection: string;
  mark: string;
}

/** What files were answered: bytes in base64, as a copy of bad data may hold any byte. */
interface AcknowledgmentsTable {
  file_id: string;
  content: string;
}

interface AttemptsTable {
  id: string;
  kind: WorkKind;
  subject_id: string;
  attempt: number;
  at: number;
  error: string;
}
