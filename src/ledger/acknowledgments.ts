import type { Kysely } from 'kysely';
import type { LedgerTables } from './schema.ts';

/** What a file was answered; null when nobody asked so far. */
export async function findAcknowledgment(db: Kysely<LedgerTables>, fileId: string): Promise<Buffer | null> {
  const row = await db.selectFrom('acknowledgments').select('content').where('file_id', '=', fileId).executeTakeFirst();
  return row === undefined ? null : Buffer.from(row.content, 'base64');
}

/** Keeps what a file is answered; answers what was kept first. */
export async function keepAcknowledgment(db: Kysely<LedgerTables>, fileId: string, content: Buffer): Promise<Buffer> {
  await db
    .insertInto('acknowledgments')
    .values({ file_id: fileId, content: content.toString('base64') })
    .onConflict((conflict) => conflict.column('file_id').doNothing())
    .execute();
  return (await findAcknowledgment(db, fileId)) ?? content;
}
