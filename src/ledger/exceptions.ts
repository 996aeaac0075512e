import { type Insertable, type Kysely, sql } from 'kysely';
import { causeOf } from '../exceptions/causes.ts';
import type { Ids } from '../util/ids.ts';
import type { NewException } from './exception-types.ts';
import { chunksOf, inLists } from './rows.ts';
import type { ExceptionSubjectsTable, LedgerTables } from './schema.ts';

const ROWS_PER_STATEMENT = 500;
const WENT_WELL = 'It went well when it was tried again.';

/** What was tried again: rows by their ids, and files with their interchanges. */
export interface TriedAgain {
  readonly subjects: readonly string[];
  readonly files: readonly string[];
}

/**
 * Inside a transaction that settles something: opens the exceptions of what ended badly, or tells open ones that they were seen
 * again; what was tried again and is not among them is well, and an exception without anything left is resolved.
 */
export async function recordExceptions(
  db: Kysely<LedgerTables>,
  ids: Ids,
  exceptions: readonly NewException[],
  again: TriedAgain,
  at: number,
): Promise<void> {
  const touched = await closeSubjects(db, again);
  const byFingerprint = Map.groupBy(exceptions, fingerprintOf);
  // In one order, so that two transactions never wait for each other.
  for (const fingerprint of [...byFingerprint.keys()].sort()) {
    await raiseGroup(db, ids, fingerprint, byFingerprint.get(fingerprint) ?? [], at);
  }
  await resolveEmpty(db, touched, at);
}

/** Inside a transaction: subjects are well, so that exceptions which are about nothing else any more are resolved. */
export async function settleSubjects(db: Kysely<LedgerTables>, subjects: readonly string[], at: number): Promise<void> {
  await resolveEmpty(db, await closeSubjects(db, { subjects, files: [] }), at);
}

function fingerprintOf({ code, partnerId, scope }: NewException): string {
  return JSON.stringify([code, partnerId, scope]);
}

async function raiseGroup(
  db: Kysely<LedgerTables>,
  ids: Ids,
  fingerprint: string,
  group: readonly NewException[],
  at: number,
): Promise<void> {
  const last = group.at(-1);
  if (last === undefined) return;
  const { code, partnerId, scope, text } = last;
  const { owner, remedy } = causeOf(code);
  const { id } = await db
    .insertInto('exceptions')
    .values({
      id: ids('exc'),
      fingerprint,
      code,
      owner,
      partner_id: partnerId,
      scope,
      text,
      remedy,
      state: 'open',
      assignee: null,
      affected: 0,
      first_seen: at,
      last_seen: at,
      resolved_at: null,
      resolution: null,
    })
    .onConflict((conflict) =>
      conflict
        .column('fingerprint')
        .where(sql.ref('state'), '=', sql.lit('open'))
        .doUpdateSet({ text, remedy, last_seen: at }),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  await insertSubjects(db, id, group, at);
}

async function insertSubjects(
  db: Kysely<LedgerTables>,
  exceptionId: string,
  group: readonly NewException[],
  at: number,
): Promise<void> {
  const rows = group.map(
    ({ subject }): Insertable<ExceptionSubjectsTable> => ({
      exception_id: exceptionId,
      kind: subject.kind,
      subject_id: subject.id,
      file_id: subject.fileId,
      at,
      open: 1,
    }),
  );
  let fresh = 0;
  for (const chunk of chunksOf(rows, ROWS_PER_STATEMENT)) {
    await db
      .updateTable('exception_subjects')
      .set({ open: 1 })
      .where('exception_id', '=', exceptionId)
      .where(
        'subject_id',
        'in',
        chunk.map((row) => row.subject_id),
      )
      .execute();
    const inserted = await db
      .insertInto('exception_subjects')
      .values([...chunk])
      .onConflict((conflict) => conflict.doNothing())
      .returning('subject_id')
      .execute();
    fresh += inserted.length;
  }
  if (fresh === 0) return;
  await db
    .updateTable('exceptions')
    .set(({ eb }) => ({ affected: eb('affected', '+', fresh) }))
    .where('id', '=', exceptionId)
    .execute();
}

/** Answers the exceptions that were about any of them. */
async function closeSubjects(db: Kysely<LedgerTables>, { subjects, files }: TriedAgain): Promise<readonly string[]> {
  const touched = new Set<string>();
  for (const chunk of inLists(subjects)) {
    const rows = await db
      .updateTable('exception_subjects')
      .set({ open: 0 })
      .where('subject_id', 'in', chunk)
      .where('open', '=', 1)
      .returning('exception_id')
      .execute();
    for (const row of rows) touched.add(row.exception_id);
  }
  for (const chunk of inLists(files)) {
    const rows = await db
      .updateTable('exception_subjects')
      .set({ open: 0 })
      .where('file_id', 'in', chunk)
      .where('kind', 'in', ['file', 'interchange'])
      .where('open', '=', 1)
      .returning('exception_id')
      .execute();
    for (const row of rows) touched.add(row.exception_id);
  }
  return [...touched];
}

async function resolveEmpty(db: Kysely<LedgerTables>, exceptionIds: readonly string[], at: number): Promise<void> {
  for (const chunk of inLists(exceptionIds)) {
    await db
      .updateTable('exceptions')
      .set({ state: 'resolved', resolved_at: at, resolution: WENT_WELL })
      .where('id', 'in', chunk)
      .where('state', '=', 'open')
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('exception_subjects')
              .select('exception_subjects.subject_id')
              .whereRef('exception_subjects.exception_id', '=', 'exceptions.id')
              .where('exception_subjects.open', '=', 1),
          ),
        ),
      )
      .execute();
  }
}
