import type { Kysely } from 'kysely';
import type { Ids } from '../util/ids.ts';
import type { NewOutboundEvent, NumberedDocument, NumberKind, OutboundOutcome } from './outbound-types.ts';
import { insertRows } from './rows.ts';
import type { LedgerTables } from './schema.ts';
import { findOutboundEvent, toSentColumns } from './sent-documents.ts';
import { inTransaction, takeTurn } from './transactions.ts';
import { newWork } from './work.ts';

/** See OutboundLedger.nextSerials. The last of each kind is asked for by itself: an index has it at its end. */
export async function nextSerials(
  db: Kysely<LedgerTables>,
  partnerId: string,
): Promise<Readonly<Record<NumberKind, number>>> {
  const next = async (kind: NumberKind): Promise<number> => {
    const last = await db
      .selectFrom('sent_numbers')
      .select('serial')
      .where('partner_id', '=', partnerId)
      .where('kind', '=', kind)
      .orderBy('serial', 'desc')
      .limit(1)
      .executeTakeFirst();
    return (last?.serial ?? 0) + 1;
  };
  return {
    ISA13: await next('ISA13'),
    GS06: await next('GS06'),
    ST02: await next('ST02'),
    UNB: await next('UNB'),
    UNH: await next('UNH'),
  };
}

/** See OutboundLedger.recordOutbound. */
export async function recordOutbound(
  db: Kysely<LedgerTables>,
  ids: Ids,
  event: NewOutboundEvent,
  documents: readonly NumberedDocument[],
): Promise<OutboundOutcome> {
  const { eventId, partnerId, contentHash, body, acceptedAt } = event;
  return inTransaction(db, async (trx) => {
    await takeTurn(trx, `outbound event ${eventId}`, `outbound numbers ${partnerId}`);
    if ((await findOutboundEvent(trx, eventId)) !== null) return 'known';
    const numbers = documents.flatMap(({ document, numbers }) => numbers.map((number) => ({ document, ...number })));
    if (!areNext(await nextSerials(trx, partnerId), numbers)) return 'numbers-taken';
    await trx
      .insertInto('outbound_events')
      .values({
        event_id: eventId,
        partner_id: partnerId,
        content_hash: contentHash,
        body,
        accepted_at: acceptedAt,
        documents: documents.length,
      })
      .execute();
    await insertRows(
      trx,
      'sent_documents',
      documents.map(({ document }) => toSentColumns(document)),
    );
    await insertRows(
      trx,
      'sent_numbers',
      numbers.map(({ kind, serial, document }) => ({
        partner_id: partnerId,
        kind,
        serial,
        document_id: document.id,
        sha256: document.sha256,
        voided_because: null,
      })),
    );
    await insertRows(
      trx,
      'sent_references',
      documents.flatMap(({ document, references }) =>
        references.map(({ type, value }) => ({ document_id: document.id, type, value })),
      ),
      true,
    );
    await insertRows(
      trx,
      'work',
      // In order within a partner: only its oldest is ever claimed.
      documents.map(({ document }) =>
        newWork(ids, 'deliver', document.id, acceptedAt, { partner: partnerId, lane: null }),
      ),
    );
    return 'recorded';
  });
}

/** Whether numbers go on where the ledger stands, one after the other. */
function areNext(
  next: Readonly<Record<NumberKind, number>>,
  numbers: readonly { readonly kind: NumberKind; readonly serial: number }[],
): boolean {
  const expected = new Map<NumberKind, number>();
  return numbers.every(({ kind, serial }) => {
    const wanted = expected.get(kind) ?? next[kind];
    expected.set(kind, wanted + 1);
    return serial === wanted;
  });
}
