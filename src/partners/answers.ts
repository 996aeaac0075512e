import type { MessageOptions } from '../edi/acknowledge/contrl.ts';
import type { GroupOptions } from '../edi/acknowledge/index.ts';
import type { Standard } from '../edi/envelope.ts';
import { inboundAgreement } from './find.ts';
import type { InboundAgreement, TradingPartner } from './types.ts';

/** The 997 or 999 that was agreed for a document, and so for its group; null for none. */
export function agreedGroupAnswer(partner: TradingPartner, type: string, release: string): GroupOptions | null {
  const line = answeringLine(partner, 'x12', type, release);
  if (line?.acknowledge !== '997' && line?.acknowledge !== '999') return null;
  const { documents, version } = line.answer;
  return { type: line.acknowledge, documents, ...(version === null ? {} : { version }) };
}

/** The CONTRL that was agreed for a message, and so for its interchange: the complete one, or that of the receipt. */
export function agreedMessageAnswer(
  partner: TradingPartner,
  kind: MessageOptions['kind'],
  type: string,
  release: string,
): MessageOptions | null {
  const line = answeringLine(partner, 'edifact', type, release);
  if (line?.acknowledge !== 'CONTRL') return null;
  const { documents, receipt } = line.answer;
  const wanted = kind === 'receipt' ? receipt !== 'none' : receipt !== 'only';
  return wanted ? { kind, messages: documents } : null;
}

/** True when the partner has a TA1: with any other answer to X12, or alone. */
export function isToldReceipt({ inbound }: TradingPartner): boolean {
  return inbound.some(({ standard, acknowledge }) => standard === 'x12' && acknowledge !== 'none');
}

/** A document without a line of its own is answered like the first that is: the partner waits for an answer all the same. */
function answeringLine(
  partner: TradingPartner,
  standard: Standard,
  type: string,
  release: string,
): InboundAgreement | undefined {
  const own = inboundAgreement(partner, type, release);
  if (own?.standard === standard) return own;
  return partner.inbound.find((line) => line.standard === standard && line.acknowledge !== 'none');
}
