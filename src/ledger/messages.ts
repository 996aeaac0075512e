import type { Insertable, Kysely, Selectable } from 'kysely';
import type { Ids } from '../util/ids.ts';
import { insertFiles, turnsOf } from './files.ts';
import type { Delivery, MessageKey, ReceivedMessage } from './message-types.ts';
import { inLists } from './rows.ts';
import type { As2MessagesTable, LedgerTables } from './schema.ts';
import { inTransaction, takeTurn } from './transactions.ts';
import type { NewFile } from './types.ts';

/** See MessageLedger.recordMessages. */
export async function recordMessages(
  db: Kysely<LedgerTables>,
  ids: Ids,
  deliveries: readonly Delivery[],
): Promise<readonly (ReceivedMessage | null)[]> {
  return inTransaction(db, async (trx) => {
    const messages = deliveries.map(({ message }) => message);
    // Another process may have received the same message.
    const turns = messages.map((message) => `message ${textOf(message)}`);
    await takeTurn(trx, ...turns, ...turnsOf(deliveries.flatMap(({ files }) => files)));
    const accepted = await acceptedBefore(trx, messages);
    const answers: (ReceivedMessage | null)[] = [];
    const recorded = new Map<string, ReceivedMessage>();
    const files: NewFile[] = [];
    for (const delivery of deliveries) {
      const key = textOf(delivery.message);
      const earlier = accepted.get(key) ?? null;
      answers.push(earlier);
      if (earlier !== null) continue;
      if (delivery.message.accepted) accepted.set(key, delivery.message);
      recorded.set(key, delivery.message);
      files.push(...delivery.files);
    }
    if (files.length > 0) await insertFiles(trx, ids, files);
    if (recorded.size > 0) await replace(trx, [...recorded.values()]);
    return answers;
  });
}

/** See MessageLedger.message. */
export async function findMessage(db: Kysely<LedgerTables>, key: MessageKey): Promise<ReceivedMessage | null> {
  const row = await db
    .selectFrom('as2_messages')
    .selectAll()
    .where('message_id', '=', key.messageId)
    .where('theirs', '=', key.theirs)
    .where('ours', '=', key.ours)
    .executeTakeFirst();
  return row === undefined ? null : toMessage(row);
}

/** See MessageLedger.undeliveredMdns. */
export async function undeliveredMdns(db: Kysely<LedgerTables>): Promise<readonly ReceivedMessage[]> {
  const rows = await db
    .selectFrom('as2_messages')
    .selectAll()
    .where('mdn_due', 'is not', null)
    .orderBy('received_at')
    .execute();
  return rows.map(toMessage);
}

/** See MessageLedger.mdnDelivered. */
export async function mdnDelivered(db: Kysely<LedgerTables>, key: MessageKey): Promise<void> {
  await db
    .updateTable('as2_messages')
    .set({ mdn_due: null })
    .where('message_id', '=', key.messageId)
    .where('theirs', '=', key.theirs)
    .where('ours', '=', key.ours)
    .execute();
}

function textOf({ theirs, ours, messageId }: MessageKey): string {
  return JSON.stringify([theirs, ours, messageId]);
}

async function acceptedBefore(
  db: Kysely<LedgerTables>,
  keys: readonly MessageKey[],
): Promise<Map<string, ReceivedMessage>> {
  const accepted = new Map<string, ReceivedMessage>();
  for (const messageIds of inLists(keys.map(({ messageId }) => messageId))) {
    const rows = await db
      .selectFrom('as2_messages')
      .selectAll()
      .where('message_id', 'in', messageIds)
      .where('accepted', '=', 1)
      .execute();
    for (const message of rows.map(toMessage)) accepted.set(textOf(message), message);
  }
  return accepted;
}

async function replace(db: Kysely<LedgerTables>, messages: readonly ReceivedMessage[]): Promise<void> {
  await db
    .insertInto('as2_messages')
    .values(messages.map(toRow))
    .onConflict((conflict) =>
      conflict.columns(['message_id', 'theirs', 'ours']).doUpdateSet(({ ref }) => ({
        connection: ref('excluded.connection'),
        received_at: ref('excluded.received_at'),
        sha256: ref('excluded.sha256'),
        headers: ref('excluded.headers'),
        disposition: ref('excluded.disposition'),
        accepted: ref('excluded.accepted'),
        content: ref('excluded.content'),
        mdn_headers: ref('excluded.mdn_headers'),
        mdn_body: ref('excluded.mdn_body'),
        mdn_due: ref('excluded.mdn_due'),
      })),
    )
    .execute();
}

function toRow(message: ReceivedMessage): Insertable<As2MessagesTable> {
  const { mdn } = message;
  return {
    message_id: message.messageId,
    theirs: message.theirs,
    ours: message.ours,
    connection: message.connection,
    received_at: message.receivedAt,
    sha256: message.sha256,
    headers: JSON.stringify(message.headers),
    disposition: message.disposition,
    accepted: message.accepted ? 1 : 0,
    content: message.content,
    mdn_headers: mdn === null ? null : JSON.stringify(mdn.headers),
    mdn_body: mdn === null ? null : mdn.body.toString('base64'),
    mdn_due: mdn === null ? null : mdn.due,
  };
}

function toMessage(row: Selectable<As2MessagesTable>): ReceivedMessage {
  const { mdn_headers: headers, mdn_body: body, mdn_due: due } = row;
  return {
    theirs: row.theirs,
    ours: row.ours,
    messageId: row.message_id,
    connection: row.connection,
    receivedAt: row.received_at,
    sha256: row.sha256,
    headers: JSON.parse(row.headers),
    disposition: row.disposition,
    accepted: row.accepted === 1,
    content: row.content,
    mdn:
      headers === null || body === null
        ? null
        : { headers: JSON.parse(headers), body: Buffer.from(body, 'base64'), due },
  };
}
