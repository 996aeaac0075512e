import type { ExceptionRow, ExceptionSubject } from '../ledger/exception-types.ts';
import { agreedPartner } from '../partners/find.ts';
import type { InboundParts } from './parts.ts';

type Parts = Pick<InboundParts, 'ledger' | 'clock' | 'configuration' | 'log'>;

/** Causes that a line in a partner's file mends, and nothing else does. */
const MENDABLE = ['SENDER_UNKNOWN', 'RECEIVER_NOT_US', 'SENDER_NOT_ON_CONNECTION', 'NO_AGREEMENT'] as const;

const PAGE = 100;
/** So many of what an exception is about are looked at: all of them have the same identifiers, or the same type. */
const LOOKED_AT = 20;

/**
 * Tries again, in the name of the system, open exceptions whose cause the configuration of now has mended, so that nobody has to
 * remember them. What it has not mended is left alone. Answers how many files and documents are due again.
 */
export async function retryMended(parts: Parts): Promise<number> {
  const { ledger, clock, log } = parts;
  let retried = 0;
  for (const code of MENDABLE) {
    for (let after: string | null = null; ; ) {
      const { items, next }: Awaited<ReturnType<typeof ledger.exceptions>> = await ledger.exceptions(
        { state: 'open', code },
        after,
        PAGE,
      );
      for (const row of items) {
        if (!(await isMended(parts, row))) continue;
        const count = await ledger.retryException(row.id, { actor: 'system', at: clock.now() });
        if (count > 0)
          log.info({ exception: row.id, code, retried: count }, 'The configuration mends it: tried again.');
        retried += count;
      }
      if (next === null) break;
      after = next;
    }
  }
  return retried;
}

async function isMended(parts: Parts, { id }: ExceptionRow): Promise<boolean> {
  const { items } = await parts.ledger.subjectsOf(id, null, LOOKED_AT);
  for (const subject of items) if (await isAgreedOn(parts, subject)) return true;
  return false;
}

async function isAgreedOn({ ledger, configuration }: Parts, { kind, id, fileId }: ExceptionSubject): Promise<boolean> {
  const { partners } = configuration();
  switch (kind) {
    case 'interchange': {
      const interchange = await ledger.interchange(id);
      const file = fileId === null ? null : await ledger.file(fileId);
      return (
        interchange !== null && file !== null && agreedPartner(partners, interchange, file.partnerId) !== undefined
      );
    }
    case 'document': {
      const document = await ledger.document(id);
      const partner = partners.find((one) => one.id === document?.partnerId);
      return partner?.inbound.some((line) => line.document === document?.type) === true;
    }
    case 'file':
    case 'sent-document':
    case 'connection':
      return false;
  }
}
