import type { Kysely } from 'kysely';
import { toDocumentRow, toFeedEvent } from './codec.ts';
import { documentsByIds, listDocuments } from './documents.ts';
import { filesByIds } from './files.ts';
import type { SentDocumentRow } from './outbound-types.ts';
import type { LedgerTables } from './schema.ts';
import { findSentDocument, listSentDocuments } from './sent-documents.ts';
import type { DocumentRow, Trace } from './types.ts';

/** At most this many files, documents and events each. */
const TRACE_LIMIT = 100;

/** See Ledger.trace. What a found file holds is part of the answer, and the file of a found document. */
export async function traceReference(db: Kysely<LedgerTables>, ref: string): Promise<Trace> {
  const matchedFiles = await fileIdsOf(db, ref);
  const documents = await documentsOf(db, ref, matchedFiles);
  const fileIds = [...new Set([...matchedFiles, ...documents.map((document) => document.fileId)])];
  return {
    files: await filesByIds(db, fileIds.slice(0, TRACE_LIMIT)),
    documents,
    events: await eventsOf(
      db,
      ref,
      documents.map((document) => document.id),
    ),
    sent: await sentOf(db, ref),
  };
}

async function fileIdsOf(db: Kysely<LedgerTables>, ref: string): Promise<readonly string[]> {
  const files = db.selectFrom('files').select('id').limit(TRACE_LIMIT);
  const answers = [
    await files.where('id', '=', ref).execute(),
    await files.where('name', '=', ref).orderBy('received_at', 'desc').execute(),
    await db
      .selectFrom('interchanges')
      .select('file_id as id')
      .where('control_number', '=', ref)
      .orderBy('id', 'desc')
      .limit(TRACE_LIMIT)
      .execute(),
  ];
  const hash = ref.toLowerCase();
  if (/^[0-9a-f]{8,64}$/.test(hash)) {
    answers.push(await files.where('sha256', '>=', hash).where('sha256', '<', `${hash}g`).execute());
  }
  return answers.flat().map((row) => row.id);
}

async function documentsOf(
  db: Kysely<LedgerTables>,
  ref: string,
  fileIds: readonly string[],
): Promise<readonly DocumentRow[]> {
  const event = await db.selectFrom('events').select('document_id').where('event_id', '=', ref).executeTakeFirst();
  const named = await documentsByIds(db, event === undefined ? [ref] : [ref, event.document_id]);
  const referring = await listDocuments(db, { ref }, null, TRACE_LIMIT);
  const held =
    fileIds.length === 0
      ? []
      : await db
          .selectFrom('documents')
          .selectAll()
          .where('file_id', 'in', fileIds)
          .orderBy('received_at')
          .orderBy('id')
          .limit(TRACE_LIMIT)
          .execute();
  const found = new Map<string, DocumentRow>();
  for (const document of [...named, ...referring.items, ...held.map(toDocumentRow)]) found.set(document.id, document);
  return [...found.values()].slice(0, TRACE_LIMIT);
}

async function sentOf(db: Kysely<LedgerTables>, ref: string): Promise<readonly SentDocumentRow[]> {
  const named = await findSentDocument(db, ref);
  return named === null ? (await listSentDocuments(db, { ref }, null, TRACE_LIMIT)).items : [named];
}

async function eventsOf(db: Kysely<LedgerTables>, ref: string, documentIds: readonly string[]) {
  const events = db.selectFrom('events').select(['position', 'body']);
  const named = await events.where('event_id', '=', ref).execute();
  const held =
    documentIds.length === 0
      ? []
      : await events.where('document_id', 'in', documentIds).orderBy('position').limit(TRACE_LIMIT).execute();
  const found = new Map([...named, ...held].map((row) => [row.position, row]));
  return [...found.values()]
    .slice(0, TRACE_LIMIT)
    .sort((a, b) => a.position - b.position)
    .map(toFeedEvent);
}
