import type { Kysely, Selectable } from 'kysely';
import { decodeCursor, pageOf } from './cursor.ts';
import type { ExceptionFilter, ExceptionRow, ExceptionSubject, OpenExceptions } from './exception-types.ts';
import type { ExceptionsTable, LedgerTables } from './schema.ts';
import type { Page } from './types.ts';

/** See ExceptionLedger.exception. */
export async function findException(db: Kysely<LedgerTables>, id: string): Promise<ExceptionRow | null> {
  const row = await db.selectFrom('exceptions').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : toExceptionRow(row);
}

/** See ExceptionLedger.exceptions. */
export async function listExceptions(
  db: Kysely<LedgerTables>,
  filter: ExceptionFilter,
  cursor: string | null,
  limit: number,
): Promise<Page<ExceptionRow>> {
  let query = db.selectFrom('exceptions').selectAll();
  if (filter.state !== undefined) query = query.where('state', '=', filter.state);
  if (filter.owner !== undefined) query = query.where('owner', '=', filter.owner);
  if (filter.code !== undefined) query = query.where('code', '=', filter.code);
  if (filter.partner !== undefined) query = query.where('partner_id', '=', filter.partner);
  if (cursor !== null) {
    const { at, id } = decodeCursor(cursor);
    query = query.where(({ eb, refTuple, tuple }) => eb(refTuple('first_seen', 'id'), '<', tuple(at, id)));
  }
  const rows = await query
    .orderBy('first_seen', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return pageOf(rows.map(toExceptionRow), limit, ({ firstSeen, id }) => ({ at: firstSeen, id }));
}

/** See ExceptionLedger.subjectsOf. */
export async function subjectsOf(
  db: Kysely<LedgerTables>,
  exceptionId: string,
  cursor: string | null,
  limit: number,
): Promise<Page<ExceptionSubject>> {
  let query = db
    .selectFrom('exception_subjects')
    .select(['kind', 'subject_id', 'file_id'])
    .where('exception_id', '=', exceptionId)
    .where('open', '=', 1);
  if (cursor !== null) query = query.where('subject_id', '>', decodeCursor(cursor).id);
  const rows = await query
    // Ids are sorted by their time.
    .orderBy('subject_id')
    .limit(limit + 1)
    .execute();
  const subjects = rows.map(({ kind, subject_id, file_id }) => ({ kind, id: subject_id, fileId: file_id }));
  return pageOf(subjects, limit, ({ id }) => ({ at: 0, id }));
}

/** See ExceptionLedger.openExceptions. */
export async function openExceptions(db: Kysely<LedgerTables>): Promise<readonly OpenExceptions[]> {
  return db
    .selectFrom('exceptions')
    .select(({ fn }) => ['owner', 'code', fn.countAll<number>().as('count'), fn.min('first_seen').as('oldestAt')])
    .where('state', '=', 'open')
    .groupBy(['owner', 'code'])
    .execute();
}

function toExceptionRow(row: Selectable<ExceptionsTable>): ExceptionRow {
  return {
    id: row.id,
    fingerprint: row.fingerprint,
    code: row.code,
    owner: row.owner,
    partnerId: row.partner_id,
    scope: row.scope,
    text: row.text,
    remedy: row.remedy,
    state: row.state,
    assignee: row.assignee,
    affected: row.affected,
    firstSeen: row.first_seen,
    lastSeen: row.last_seen,
    resolvedAt: row.resolved_at,
    resolution: row.resolution,
  };
}
