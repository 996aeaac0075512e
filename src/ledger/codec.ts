import type { Insertable, Selectable } from 'kysely';
import type { Finding } from '../edi/finding.ts';
import type { CanonicalEvent } from '../events/types.ts';
import type { DocumentsTable, EventsTable, FilesTable, InterchangesTable } from './schema.ts';
import type {
  DocumentRow,
  FeedEvent,
  FileRow,
  FileState,
  NewDocument,
  NewFile,
  NewInterchange,
  Reason,
} from './types.ts';

interface ReasonColumns {
  readonly reason_code: string | null;
  readonly reason_text: string | null;
}

/** A reason as its two columns. */
export function reasonColumns(reason: Reason | null): ReasonColumns {
  return { reason_code: reason?.code ?? null, reason_text: reason?.text ?? null };
}

/** The reason in its two columns. */
export function reasonOf(row: ReasonColumns): Reason | null {
  return row.reason_code === null ? null : { code: row.reason_code, text: row.reason_text ?? '' };
}

function findingsOf(text: string): readonly Finding[] {
  return text === '[]' ? [] : JSON.parse(text);
}

function unreadOf(text: string): readonly string[] {
  return text === '[]' ? [] : JSON.parse(text);
}

export function toFileColumns(file: NewFile): Insertable<FilesTable> {
  return {
    id: file.id,
    source_key: file.sourceKey,
    connection: file.connection,
    partner_id: file.partnerId,
    name: file.name,
    size: file.size,
    sha256: file.sha256,
    received_at: file.receivedAt,
    state: 'received',
    ...reasonColumns(null),
    duplicate_of: null,
    settled_at: null,
    split_at: null,
    documents_seen: 0,
  };
}

export function toFileRow(
  row: Selectable<FilesTable>,
  documents: Readonly<Record<FileState, number>>,
  bytesPurgedAt: number | null,
): FileRow {
  return {
    id: row.id,
    sourceKey: row.source_key,
    connection: row.connection,
    partnerId: row.partner_id,
    name: row.name,
    size: row.size,
    sha256: row.sha256,
    receivedAt: row.received_at,
    state: row.state,
    reason: reasonOf(row),
    duplicateOf: row.duplicate_of,
    settledAt: row.settled_at,
    bytesPurgedAt,
    documents,
  };
}

export function toInterchangeColumns(interchange: NewInterchange): Insertable<InterchangesTable> {
  return {
    id: interchange.id,
    file_id: interchange.fileId,
    ordinal: interchange.ordinal,
    partner_id: interchange.partnerId,
    standard: interchange.standard,
    version: interchange.version,
    sender: interchange.sender,
    receiver: interchange.receiver,
    control_number: interchange.controlNumber,
    test: interchange.test ? 1 : 0,
    delimiters: interchange.delimiters,
    start_byte: interchange.start,
    end_byte: interchange.end,
    prepared_at: interchange.preparedAt,
    content_hash: interchange.contentHash,
    duplicate_key: interchange.duplicateKey,
    state: interchange.state,
    ...reasonColumns(interchange.reason),
    duplicate_of: interchange.duplicateOf,
    findings: JSON.stringify(interchange.findings),
  };
}

export function toInterchange(row: Selectable<InterchangesTable>): NewInterchange {
  return {
    id: row.id,
    fileId: row.file_id,
    ordinal: row.ordinal,
    partnerId: row.partner_id,
    standard: row.standard,
    version: row.version,
    sender: row.sender,
    receiver: row.receiver,
    controlNumber: row.control_number,
    test: row.test === 1,
    delimiters: row.delimiters,
    start: row.start_byte,
    end: row.end_byte,
    preparedAt: row.prepared_at,
    contentHash: row.content_hash,
    duplicateKey: row.duplicate_key,
    state: row.state,
    reason: reasonOf(row),
    duplicateOf: row.duplicate_of,
    findings: findingsOf(row.findings),
  };
}

export function toDocumentColumns(document: NewDocument, settledAt: number | null): Insertable<DocumentsTable> {
  return {
    id: document.id,
    file_id: document.fileId,
    interchange_id: document.interchangeId,
    ordinal: document.ordinal,
    partner_id: document.partnerId,
    direction: document.direction,
    type: document.type,
    release: document.release,
    group_code: document.groupCode,
    group_version: document.groupVersion,
    group_control_number: document.groupControlNumber,
    control_number: document.controlNumber,
    test: document.test ? 1 : 0,
    segments: document.segments,
    start_byte: document.start,
    end_byte: document.end,
    content_hash: document.contentHash,
    received_at: document.receivedAt,
    state: document.state,
    ...reasonColumns(document.reason),
    findings: JSON.stringify(document.findings),
    map_pin: null,
    duplicate_of: null,
    settled_at: settledAt,
    events: 0,
    unread: '[]',
  };
}

export function toDocumentRow(row: Selectable<DocumentsTable>): DocumentRow {
  return {
    id: row.id,
    fileId: row.file_id,
    interchangeId: row.interchange_id,
    ordinal: row.ordinal,
    partnerId: row.partner_id,
    direction: row.direction,
    type: row.type,
    release: row.release,
    groupCode: row.group_code,
    groupVersion: row.group_version,
    groupControlNumber: row.group_control_number,
    controlNumber: row.control_number,
    test: row.test === 1,
    segments: row.segments,
    start: row.start_byte,
    end: row.end_byte,
    contentHash: row.content_hash,
    receivedAt: row.received_at,
    state: row.state,
    reason: reasonOf(row),
    findings: findingsOf(row.findings),
    mapPin: row.map_pin,
    duplicateOf: row.duplicate_of,
    settledAt: row.settled_at,
    events: row.events,
    unread: unreadOf(row.unread),
  };
}

export function toFeedEvent({ position, body }: Pick<Selectable<EventsTable>, 'position' | 'body'>): FeedEvent {
  return new StoredEvent(position, body);
}

class StoredEvent implements FeedEvent {
  readonly position: number;
  readonly json: string;
  #event: CanonicalEvent | null = null;

  constructor(position: number, json: string) {
    this.position = position;
    this.json = json;
  }

  get event(): CanonicalEvent {
    const event: CanonicalEvent = this.#event ?? JSON.parse(this.json);
    this.#event = event;
    return event;
  }
}
