import { type Kysely, sql } from 'kysely';
import { OUTBOUND_RULES } from './check-outbound.ts';
import type { Fault, Rule } from './check-rule.ts';
import type { LedgerTables } from './schema.ts';
import type { Imbalance } from './types.ts';

/** No more lines than this for one rule: what is wrong is plain by then. */
const LINES_PER_RULE = 100;

const pieces = sql`select file_id, start_byte, end_byte from interchanges
  union all select file_id, start_byte, end_byte from gaps`;

/** The accounting equations of what comes in, A1 to A4 and what they rest on: each asks for the rows that break it. */
const INBOUND_RULES: readonly Rule[] = [
  {
    equation: 'A1 receipts = processed + rejected + quarantined + duplicate + in flight',
    faults: sql`select id as subject, state as "is", settled_at as "should" from files
      where (settled_at is null) <> (state = 'received')
        or state not in ('received', 'processed', 'rejected', 'quarantined', 'duplicate')`,
    text: ({ is, should }) => `The file is ${is}, yet its time of settling is ${should ?? 'missing'}.`,
  },
  {
    equation: 'A1 what is in flight has exactly one piece of work',
    faults: sql`select files.id as subject, count(work.id) as "is", 1 as "should" from files
      left join work on work.subject_id = files.id and work.kind = 'split'
      where files.state = 'received' and files.split_at is null
      group by files.id having count(work.id) <> 1`,
    text: ({ is }) => `The file waits to be split, with ${is} pieces of work for it.`,
  },
  {
    equation: 'A1 a file is in flight as long as one of its documents is',
    faults: sql`select files.id as subject, files.state as "is", 'received' as "should" from files
      where files.state <> 'received'
        and exists (select 1 from documents where documents.file_id = files.id and documents.state = 'received')
      union all
      select files.id, files.state, 'settled' from files
      where files.state = 'received' and files.split_at is not null
        and not exists (select 1 from documents where documents.file_id = files.id and documents.state = 'received')`,
    text: ({ is, should }) => `The file is ${is}; by its documents it should be ${should}.`,
  },
  {
    equation: 'A2 bytes of interchanges + bytes of gaps = size of the file',
    faults: sql`select file_id as subject, start_byte as "is", reached as "should" from (
        select file_id, start_byte, end_byte,
          lag(end_byte, 1, cast(0 as bigint)) over (partition by file_id order by start_byte, end_byte) as reached
        from (${pieces}) as pieces
      ) as placed where start_byte <> reached or end_byte < start_byte`,
    text: ({ is, should }) => `A piece begins at byte ${is}, the piece before it ends at byte ${should}.`,
  },
  {
    equation: 'A2 bytes of interchanges + bytes of gaps = size of the file',
    faults: sql`select files.id as subject, coalesce(max(pieces.end_byte), 0) as "is", files.size as "should" from files
      left join (${pieces}) as pieces on pieces.file_id = files.id
      where files.split_at is not null
        and not exists (select 1 from purges where purges.file_id = files.id and purges.documents_at is not null)
      group by files.id, files.size having coalesce(max(pieces.end_byte), 0) <> files.size`,
    text: ({ is, should }) => `Its pieces end at byte ${is}, the file has ${should} bytes.`,
  },
  {
    equation: 'A2 bytes of interchanges + bytes of gaps = size of the file',
    faults: sql`select files.id as subject, purges.interchange_bytes + purges.gap_bytes as "is", files.size as "should"
      from purges join files on files.id = purges.file_id
      where purges.documents_at is not null and files.split_at is not null
        and purges.interchange_bytes + purges.gap_bytes <> files.size`,
    text: ({ is, should }) => `Its documents were purged; its pieces had ${is} bytes, the file has ${should}.`,
  },
  {
    equation: 'A2 documents lie in their interchange, one after the other',
    faults: sql`select id as subject, start_byte as "is", reached as "should" from (
        select documents.id, documents.start_byte, documents.end_byte, interchanges.end_byte as limit_byte,
          documents.file_id <> interchanges.file_id as elsewhere,
          lag(documents.end_byte, 1, interchanges.start_byte)
            over (partition by documents.interchange_id order by documents.start_byte) as reached
        from documents join interchanges on interchanges.id = documents.interchange_id
      ) as placed
      where start_byte < reached or end_byte < start_byte or end_byte > limit_byte or elsewhere`,
    text: ({ is, should }) =>
      `The document begins at byte ${is} and must lie after byte ${should}, in its interchange.`,
  },
  {
    equation: 'A3 documents seen = processed + rejected + quarantined + duplicate + in flight',
    faults: sql`select files.id as subject, count(documents.id) as "is", files.documents_seen as "should" from files
      left join documents on documents.file_id = files.id
        and documents.state in ('received', 'processed', 'rejected', 'quarantined', 'duplicate')
      left join purges on purges.file_id = files.id
      group by files.id, files.documents_seen, purges.processed, purges.rejected, purges.duplicate
      having count(documents.id) + coalesce(purges.processed + purges.rejected + purges.duplicate, 0)
        <> files.documents_seen`,
    text: ({ is, should }) => `${should} documents were seen in the file, ${is} are accounted for.`,
  },
  {
    equation: 'A3 documents are settled, or in flight with exactly one piece of work',
    faults: sql`select documents.id as subject, count(work.id) as "is", 1 as "should" from documents
      left join work on work.subject_id = documents.id and work.kind = 'translate'
      where documents.state = 'received'
      group by documents.id having count(work.id) <> 1`,
    text: ({ is }) => `The document waits to be translated, with ${is} pieces of work for it.`,
  },
  {
    equation: 'A3 documents are settled, or in flight with exactly one piece of work',
    faults: sql`select id as subject, state as "is", settled_at as "should" from documents
      where (settled_at is null) <> (state = 'received')`,
    text: ({ is, should }) => `The document is ${is}, yet its time of settling is ${should ?? 'missing'}.`,
  },
  {
    equation: 'A3 work has something in flight',
    faults: sql`select work.subject_id as subject, work.kind as "is", null as "should" from work
      where work.kind in ('split', 'translate')
        and not exists (select 1 from files
          where work.kind = 'split' and files.id = work.subject_id and files.state = 'received')
        and not exists (select 1 from documents
          where work.kind = 'translate' and documents.id = work.subject_id and documents.state = 'received')`,
    text: ({ is }) => `There is work to ${is} it, and nothing that waits for that.`,
  },
  {
    equation: 'A3 tallies = rows',
    faults: sql`select name as subject, sum(tallied) as "is", sum(counted) as "should" from (
        select name, count as tallied, 0 as counted from tallies
        union all select 'files ' || state, 0, count(*) from files group by state
        union all select 'documents ' || state, 0, count(*) from documents group by state
        union all select 'events', 0, count(*) from events
        union all select 'documents processed', 0, coalesce(sum(processed), 0) from purges
        union all select 'documents rejected', 0, coalesce(sum(rejected), 0) from purges
        union all select 'documents duplicate', 0, coalesce(sum(duplicate), 0) from purges
        union all select 'events', 0, coalesce(sum(events), 0) from purges
      ) as counts group by name having sum(tallied) <> sum(counted)`,
    text: ({ is, should }) => `The tally says ${is}, and there are ${should}.`,
  },
  {
    equation: 'A4 events = what the documents gave',
    faults: sql`select documents.id as subject, count(events.event_id) as "is", documents.events as "should"
      from documents left join events on events.document_id = documents.id
      where not exists (select 1 from purges where purges.file_id = documents.file_id and purges.events_at is not null)
      group by documents.id, documents.events having count(events.event_id) <> documents.events`,
    text: ({ is, should }) => `The document gave ${should} events, ${is} are recorded.`,
  },
  {
    equation: 'A4 corrections of an event follow one another',
    faults: sql`select original_id as subject, count(*) as "is", max(revision) as "should" from events
      where original_id is not null and not exists (select 1 from past_events where past_events.event_id = original_id)
      group by original_id having count(*) <> max(revision)`,
    text: ({ is, should }) => `It was told anew ${should} times, ${is} of them are recorded.`,
  },
  {
    equation: 'A4 every event has its document',
    faults: sql`select events.event_id as subject, events.document_id as "is", null as "should" from events
      where not exists (select 1 from documents where documents.id = events.document_id)`,
    text: ({ is }) => `The event came from document ${is}, which does not exist.`,
  },
  {
    equation: 'A4 count(events) = count(distinct event ids)',
    faults: sql`select event_id as subject, count(*) as "is", 1 as "should" from events
      group by event_id having count(*) > 1`,
    text: ({ is }) => `The event is recorded ${is} times.`,
  },
];

/** See Ledger.check. All rules look at the ledger as it is at one moment, also while a gateway writes. */
export async function checkLedger(db: Kysely<LedgerTables>): Promise<readonly Imbalance[]> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const imbalances: Imbalance[] = [];
      for (const { equation, faults, text } of [...INBOUND_RULES, ...OUTBOUND_RULES]) {
        const limited = sql<Fault>`select * from (${faults}) as faults limit ${LINES_PER_RULE}`;
        const { rows } = await limited.execute(trx);
        for (const fault of rows) imbalances.push({ equation, subject: fault.subject, text: text(fault) });
      }
      return imbalances;
    });
}
