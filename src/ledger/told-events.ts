import type { Kysely, Selectable } from 'kysely';
import type { CanonicalEvent } from '../events/types.ts';
import { toFeedEvent } from './codec.ts';
import { inLists } from './rows.ts';
import type { EventsTable, LedgerTables } from './schema.ts';

/** The latest that was told of one thing, under whichever id. */
export interface ToldEvent {
  readonly event: CanonicalEvent;
  readonly documentId: string;
  /** How often it was told anew. */
  readonly revision: number;
}

type Row = Pick<Selectable<EventsTable>, 'position' | 'event_id' | 'original_id' | 'document_id' | 'revision' | 'body'>;

/**
 * What was told under these first ids, and whatever these documents told, by first id: the latest of each. Ids of which
 * nothing is known are missing.
 */
export async function toldEvents(
  db: Kysely<LedgerTables>,
  eventIds: readonly string[],
  documentIds: readonly string[],
): Promise<Map<string, ToldEvent>> {
  const rows: Row[] = [];
  const events = db
    .selectFrom('events')
    .select(['position', 'event_id', 'original_id', 'document_id', 'revision', 'body']);
  for (const ids of inLists(documentIds)) rows.push(...(await events.where('document_id', 'in', ids).execute()));
  const originals = new Set([...eventIds, ...rows.map(({ event_id, original_id }) => original_id ?? event_id)]);
  for (const ids of inLists([...originals])) {
    rows.push(...(await events.where('event_id', 'in', ids).execute()));
    rows.push(...(await events.where('original_id', 'in', ids).execute()));
  }
  const told = new Map<string, ToldEvent>();
  for (const row of rows) {
    const original = row.original_id ?? row.event_id;
    const known = told.get(original);
    if (known !== undefined && known.revision >= row.revision) continue;
    told.set(original, { event: toFeedEvent(row).event, documentId: row.document_id, revision: row.revision });
  }
  return told;
}

/** Which of these first ids are of events that were purged. */
export async function pastEvents(db: Kysely<LedgerTables>, eventIds: readonly string[]): Promise<ReadonlySet<string>> {
  const past = new Set<string>();
  for (const ids of inLists(eventIds)) {
    const rows = await db.selectFrom('past_events').select('event_id').where('event_id', 'in', ids).execute();
    for (const row of rows) past.add(row.event_id);
  }
  return past;
}
