import { type Kysely, sql } from 'kysely';
import { toFeedEvent } from './codec.ts';
import type { LedgerTables } from './schema.ts';
import type { EventFilter, FeedEvent } from './types.ts';

/** See Ledger.events. */
export async function listEvents(
  db: Kysely<LedgerTables>,
  filter: EventFilter,
  after: number,
  limit: number,
): Promise<readonly FeedEvent[]> {
  let query = db
    .selectFrom('events')
    .select(['position', 'body'])
    .where('test', '=', filter.test === true ? 1 : 0)
    .where('position', '>', after);
  const { type, subject, partner, document } = filter;
  if (type?.endsWith('*')) {
    const prefix = type.slice(0, -1);
    // Not a range over the index of types: that would have to sort everything of those types for each page.
    if (prefix !== '') query = query.where(sql`substr(type, 1, ${prefix.length})`, '=', prefix);
  } else if (type !== undefined) {
    query = query.where('type', '=', type);
  }
  if (subject !== undefined) query = query.where('subject', '=', subject);
  if (partner !== undefined) query = query.where('partner_id', '=', partner);
  if (document !== undefined) query = query.where('document_id', '=', document);
  const rows = await query.orderBy('position').limit(limit).execute();
  return rows.map(toFeedEvent);
}

/** See Ledger.event. */
export async function findEvent(db: Kysely<LedgerTables>, id: string): Promise<FeedEvent | null> {
  const row = await db.selectFrom('events').select(['position', 'body']).where('event_id', '=', id).executeTakeFirst();
  return row === undefined ? null : toFeedEvent(row);
}
