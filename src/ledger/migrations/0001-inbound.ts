import type { Kysely } from 'kysely';
import { isPostgres } from '../postgres-adapter.ts';

/** Files, interchanges, documents, events and the work between them. Never edit a released migration: add the next one. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createFiles(db);
  await createInterchanges(db);
  await createDocuments(db);
  await createEvents(db);
  await createWork(db);
}

async function createFiles(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('files')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('source_key', 'text', (column) => column.notNull().unique())
    .addColumn('connection', 'text', (column) => column.notNull())
    .addColumn('partner_id', 'text')
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('size', 'bigint', (column) => column.notNull())
    .addColumn('sha256', 'text', (column) => column.notNull())
    .addColumn('received_at', 'bigint', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('reason_code', 'text')
    .addColumn('reason_text', 'text')
    .addColumn('duplicate_of', 'text')
    .addColumn('settled_at', 'bigint')
    .addColumn('split_at', 'bigint')
    .addColumn('documents_seen', 'integer', (column) => column.notNull())
    .execute();
  await createIndex(db, 'files', ['received_at', 'id']);
  await createIndex(db, 'files', ['partner_id', 'received_at', 'id']);
  await createIndex(db, 'files', ['state', 'received_at', 'id']);
  await createIndex(db, 'files', ['sha256']);
  await createIndex(db, 'files', ['name', 'received_at']);
}

async function createInterchanges(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('interchanges')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('file_id', 'text', (column) => column.notNull().references('files.id'))
    .addColumn('ordinal', 'integer', (column) => column.notNull())
    .addColumn('partner_id', 'text')
    .addColumn('standard', 'text', (column) => column.notNull())
    .addColumn('version', 'text', (column) => column.notNull())
    .addColumn('sender', 'text', (column) => column.notNull())
    .addColumn('receiver', 'text', (column) => column.notNull())
    .addColumn('control_number', 'text', (column) => column.notNull())
    .addColumn('test', 'integer', (column) => column.notNull())
    .addColumn('delimiters', 'text', (column) => column.notNull())
    .addColumn('start_byte', 'bigint', (column) => column.notNull())
    .addColumn('end_byte', 'bigint', (column) => column.notNull())
    .addColumn('prepared_at', 'text')
    .addColumn('content_hash', 'text', (column) => column.notNull())
    .addColumn('duplicate_key', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('reason_code', 'text')
    .addColumn('reason_text', 'text')
    .addColumn('duplicate_of', 'text')
    .addColumn('findings', 'text', (column) => column.notNull())
    .addUniqueConstraint('interchanges_once', ['file_id', 'ordinal'])
    .execute();
  await createIndex(db, 'interchanges', ['duplicate_key', 'state', 'id']);
  await createIndex(db, 'interchanges', ['control_number']);
  await db.schema
    .createTable('gaps')
    .addColumn('file_id', 'text', (column) => column.notNull().references('files.id'))
    .addColumn('start_byte', 'bigint', (column) => column.notNull())
    .addColumn('end_byte', 'bigint', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('gaps_once', ['file_id', 'start_byte'])
    .execute();
}

async function createDocuments(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('documents')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('file_id', 'text', (column) => column.notNull().references('files.id'))
    .addColumn('interchange_id', 'text', (column) => column.notNull().references('interchanges.id'))
    .addColumn('ordinal', 'integer', (column) => column.notNull())
    .addColumn('partner_id', 'text')
    .addColumn('direction', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('release', 'text', (column) => column.notNull())
    .addColumn('group_code', 'text', (column) => column.notNull())
    .addColumn('group_version', 'text', (column) => column.notNull())
    .addColumn('group_control_number', 'text', (column) => column.notNull())
    .addColumn('control_number', 'text', (column) => column.notNull())
    .addColumn('test', 'integer', (column) => column.notNull())
    .addColumn('segments', 'integer', (column) => column.notNull())
    .addColumn('start_byte', 'bigint', (column) => column.notNull())
    .addColumn('end_byte', 'bigint', (column) => column.notNull())
    .addColumn('content_hash', 'text', (column) => column.notNull())
    .addColumn('received_at', 'bigint', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('reason_code', 'text')
    .addColumn('reason_text', 'text')
    .addColumn('findings', 'text', (column) => column.notNull())
    .addColumn('map_pin', 'text')
    .addColumn('duplicate_of', 'text')
    .addColumn('settled_at', 'bigint')
    .addColumn('events', 'integer', (column) => column.notNull())
    .addColumn('unread', 'text', (column) => column.notNull())
    .addUniqueConstraint('documents_once', ['interchange_id', 'start_byte'])
    .execute();
  await createIndex(db, 'documents', ['received_at', 'id']);
  await createIndex(db, 'documents', ['partner_id', 'received_at', 'id']);
  await createIndex(db, 'documents', ['type', 'received_at', 'id']);
  await createIndex(db, 'documents', ['state', 'received_at', 'id']);
  await createIndex(db, 'documents', ['file_id', 'received_at', 'id']);
  await createIndex(db, 'documents', ['file_id', 'state']);
  await createIndex(db, 'documents', ['control_number', 'received_at', 'id']);
  await createIndex(db, 'documents', ['group_control_number', 'received_at', 'id']);
  await db.schema
    .createTable('document_references')
    .addColumn('document_id', 'text', (column) => column.notNull().references('documents.id'))
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('document_references_once', ['document_id', 'type', 'value'])
    .execute();
  await createIndex(db, 'document_references', ['value', 'document_id']);
}

async function createEvents(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('events')
    // Exactly INTEGER on SQLite, which makes it the row's own key.
    .addColumn('position', isPostgres(db) ? 'bigint' : 'integer', (column) => column.primaryKey().notNull())
    .addColumn('event_id', 'text', (column) => column.notNull().unique())
    .addColumn('document_id', 'text', (column) => column.notNull().references('documents.id'))
    .addColumn('partner_id', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('test', 'integer', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .execute();
  await createIndex(db, 'events', ['test', 'position']);
  await createIndex(db, 'events', ['type', 'test', 'position']);
  await createIndex(db, 'events', ['partner_id', 'test', 'position']);
  await createIndex(db, 'events', ['subject', 'position']);
  await createIndex(db, 'events', ['document_id', 'position']);
  await db.schema
    .createTable('subjects')
    .addColumn('subject', 'text', (column) => column.primaryKey().notNull())
    .addColumn('sequence', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('counters')
    .addColumn('name', 'text', (column) => column.primaryKey().notNull())
    .addColumn('value', 'bigint', (column) => column.notNull())
    .execute();
}

async function createWork(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('work')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('subject_id', 'text', (column) => column.notNull())
    .addColumn('due_at', 'bigint', (column) => column.notNull())
    .addColumn('attempt', 'integer', (column) => column.notNull())
    .addColumn('epoch', 'integer', (column) => column.notNull())
    .addUniqueConstraint('work_once', ['subject_id', 'kind'])
    .execute();
  await createIndex(db, 'work', ['kind', 'due_at', 'id']);
  await db.schema
    .createTable('attempts')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('subject_id', 'text', (column) => column.notNull())
    .addColumn('attempt', 'integer', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('error', 'text', (column) => column.notNull())
    .execute();
  await createIndex(db, 'attempts', ['subject_id', 'id']);
}

async function createIndex(db: Kysely<unknown>, table: string, columns: readonly string[]): Promise<void> {
  await db.schema
    .createIndex(`${table}_by_${columns.join('_')}`)
    .on(table)
    .columns([...columns])
    .execute();
}
