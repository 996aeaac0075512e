import { type Insertable, type Kysely, sql } from 'kysely';
import type { CanonicalEvent } from '../events/types.ts';
import { chunksOf, inLists, insertRows } from './rows.ts';
import type { EventsTable, LedgerTables } from './schema.ts';
import type { TranslationResult } from './types.ts';

/** What became of the events of one document. */
export interface RecordedEvents {
  /** How many were new and are recorded as this document's. */
  readonly count: number;
  /** The document that sent them before, when not one of them was new. */
  readonly sentBefore: string | null;
}

/** An event to be told, and the document that says it. */
export interface NewEvent {
  readonly event: CanonicalEvent;
  readonly documentId: string;
  readonly test: boolean;
  /** Of one that is told anew the id that it had first; null for what is told the first time. */
  readonly originalId: string | null;
  /** How often it was told anew. */
  readonly revision: number;
}

/** Records the events that are new, inside a transaction. Answers in the order given. */
export async function recordEvents(
  db: Kysely<LedgerTables>,
  results: readonly TranslationResult[],
): Promise<readonly RecordedEvents[]> {
  const ids = results.flatMap((result) => result.events.map((event) => event.id));
  if (ids.length === 0) return results.map(() => ({ count: 0, sentBefore: null }));
  const firstPosition = await takePositions(db, ids.length);
  const owners = await documentsByEvent(db, ids);
  const fresh: NewEvent[] = [];
  const recorded = results.map((result) => {
    const before = fresh.length;
    let sentBefore: string | null = null;
    for (const event of result.events) {
      const owner = owners.get(event.id);
      if (owner === undefined) {
        owners.set(event.id, result.documentId);
        fresh.push({ event, documentId: result.documentId, test: result.test, originalId: null, revision: 0 });
      } else if (owner !== result.documentId) {
        sentBefore ??= owner;
      }
    }
    const count = fresh.length - before;
    return { count, sentBefore: count === 0 ? sentBefore : null };
  });
  await insertEvents(db, fresh, firstPosition);
  return recorded;
}

/** Inserts events at the positions from `first` on, each with the next sequence of its subject; inside a transaction. */
export async function insertEvents(
  db: Kysely<LedgerTables>,
  events: readonly NewEvent[],
  first: number,
): Promise<void> {
  const sequences = await takeSequences(db, events);
  const rows = events.map(({ event, documentId, test, originalId, revision }, index): Insertable<EventsTable> => {
    const sequence = (sequences.get(event.subject) ?? 0) + 1;
    sequences.set(event.subject, sequence);
    return {
      position: first + index,
      event_id: event.id,
      document_id: documentId,
      partner_id: event.partnerid,
      type: event.type,
      subject: event.subject,
      test: test ? 1 : 0,
      body: JSON.stringify({ ...event, sequence: String(sequence) }),
      original_id: originalId,
      revision,
    };
  });
  await insertRows(db, 'events', rows);
}

/** Takes so many positions of the feed, inside a transaction that has its turn; answers the first. */
export async function takePositions(db: Kysely<LedgerTables>, count: number): Promise<number> {
  const { value } = await db
    .insertInto('counters')
    .values({ name: 'events', value: count })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: sql`counters.value + excluded.value` }))
    .returning('value')
    .executeTakeFirstOrThrow();
  return value - count + 1;
}

async function documentsByEvent(db: Kysely<LedgerTables>, eventIds: readonly string[]): Promise<Map<string, string>> {
  const owners = new Map<string, string>();
  for (const ids of inLists(eventIds)) {
    const rows = await db
      .selectFrom('events')
      .select(['event_id', 'document_id'])
      .where('event_id', 'in', ids)
      .execute();
    for (const row of rows) owners.set(row.event_id, row.document_id);
    const past = await db.selectFrom('past_events').selectAll().where('event_id', 'in', ids).execute();
    for (const row of past) owners.set(row.event_id, row.document_id);
  }
  return owners;
}

/** Reserves a sequence for every event; answers the last one of each subject before these. */
async function takeSequences(
  db: Kysely<LedgerTables>,
  events: readonly { readonly event: Pick<CanonicalEvent, 'subject'> }[],
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { event } of events) counts.set(event.subject, (counts.get(event.subject) ?? 0) + 1);
  const before = new Map<string, number>();
  for (const chunk of chunksOf([...counts], 1000)) {
    const rows = await db
      .insertInto('subjects')
      .values(chunk.map(([subject, sequence]) => ({ subject, sequence })))
      .onConflict((conflict) =>
        conflict.column('subject').doUpdateSet({ sequence: sql`subjects.sequence + excluded.sequence` }),
      )
      .returning(['subject', 'sequence'])
      .execute();
    for (const { subject, sequence } of rows) before.set(subject, sequence - (counts.get(subject) ?? 0));
  }
  return before;
}
