import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { AuditTable, LedgerTables } from './schema.ts';
import { inTransaction, takeTurn } from './transactions.ts';
import type { AuditEntry, AuditRow, AuditVerdict } from './types.ts';

/** The turn of whoever writes the next row. */
const AUDIT = 'audit';
/** What the first row is bound to. */
const NOTHING = '0'.repeat(64);
const PAGE = 1_000;

/** See Ledger.audit. */
export async function appendAudit(db: Kysely<LedgerTables>, entry: AuditEntry, at: number): Promise<AuditRow> {
  return inTransaction(db, (trx) => auditWithin(trx, entry, at));
}

/** The same inside a transaction, so that an act and its row happen together. */
export async function auditWithin(trx: Kysely<LedgerTables>, entry: AuditEntry, at: number): Promise<AuditRow> {
  await takeTurn(trx, AUDIT);
  const last = await trx.selectFrom('audit').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst();
  const { actor, action, target } = entry;
  const facts = { seq: (last?.seq ?? 0) + 1, at, actor, action, target, details: JSON.stringify(entry.details) };
  const row = { ...facts, hash: hashOf(facts, last?.hash ?? NOTHING) };
  await trx.insertInto('audit').values(row).execute();
  return rowOf(row);
}

/** See Ledger.auditTrail. */
export async function listAudit(db: Kysely<LedgerTables>, after: number, limit: number): Promise<readonly AuditRow[]> {
  const rows = await db.selectFrom('audit').selectAll().where('seq', '>', after).orderBy('seq').limit(limit).execute();
  return rows.map(rowOf);
}

/** See Ledger.verifyAudit. */
export async function verifyAudit(db: Kysely<LedgerTables>, head: string | null): Promise<AuditVerdict> {
  let hash = NOTHING;
  let count = 0;
  let seen = head === null;
  for (;;) {
    const rows = await db.selectFrom('audit').selectAll().where('seq', '>', count).orderBy('seq').limit(PAGE).execute();
    for (const row of rows) {
      if (row.seq !== count + 1) return broken(count, `Row ${count + 1} is missing: row ${row.seq} comes next.`);
      if (row.hash !== hashOf(row, hash)) return broken(count, `Row ${row.seq} is not as it was written.`);
      hash = row.hash;
      count = row.seq;
      seen ||= hash === head;
    }
    if (rows.length < PAGE) break;
  }
  if (!seen)
    return broken(
      count,
      'The head that was kept elsewhere is no longer among the rows: rows were cut off or written anew.',
    );
  return { intact: true, rows: count, head: hash, text: '' };
}

function broken(rows: number, text: string): AuditVerdict {
  return { intact: false, rows, head: '', text };
}

/** SHA-256 over the hash of the row before and everything in this one. */
function hashOf({ seq, at, actor, action, target, details }: Omit<AuditTable, 'hash'>, previous: string): string {
  return createHash('sha256')
    .update(JSON.stringify([previous, seq, at, actor, action, target, details]))
    .digest('hex');
}

function rowOf({ details, ...row }: AuditTable): AuditRow {
  const parsed: Readonly<Record<string, string>> = JSON.parse(details);
  return { ...row, details: parsed };
}
