import { type CompiledMap, isSegmentDocument } from '../mapping/types.ts';
import type { TradingPartner, WritingStyle } from '../partners/types.ts';
import type { Envelope } from './envelope.ts';

/** The two sides of an envelope that concerns no partner: they name nobody that exists. */
export const NOBODY = { sender: 'ZZ/SENDER', receiver: 'ZZ/RECEIVER' } as const;

/** What the envelope of a document for a partner says; its time is `now`, in UTC. Without a partner it names nobody. */
export function partnerEnvelope(
  partner: Pick<TradingPartner, 'us' | 'identifiers' | 'stage'> | null,
  { document }: Pick<CompiledMap, 'document'>,
  { style, now, numbers }: { readonly style: WritingStyle; readonly now: Date; readonly numbers: Envelope['numbers'] },
): Envelope {
  const instant = now.toISOString();
  const standard = isSegmentDocument(document) ? document.standard : null;
  return {
    sender: (standard === null ? undefined : partner?.us[standard]?.[0]) ?? NOBODY.sender,
    receiver: (standard === null ? undefined : partner?.identifiers[standard]?.[0]) ?? NOBODY.receiver,
    test: partner === null || partner.stage === 'test',
    date: instant.slice(0, 10).replaceAll('-', ''),
    time: instant.slice(11, 16).replace(':', ''),
    numbers,
    style,
  };
}
