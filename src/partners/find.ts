import type { Interchange, TransactionSet } from '../edi/envelope.ts';
import { mostFitting } from '../mapping/document-kind.ts';
import type { CompiledMap } from '../mapping/types.ts';
import type { Configuration } from './configuration.ts';
import { identifierOf, identifierText } from './identifiers.ts';
import type { InboundAgreement, TradingPartner } from './types.ts';

/** Why an interchange belongs to nobody. */
export type NoPartnerCode = 'SENDER_UNKNOWN' | 'RECEIVER_NOT_US' | 'SENDER_NOT_ON_CONNECTION';

export type FoundPartner =
  | { readonly partner: TradingPartner }
  | {
      readonly partner: null;
      /** `text` names the values seen and says what to do. */
      readonly reason: { readonly code: NoPartnerCode; readonly text: string };
    };

/**
 * Which partner sent an interchange: sender and receiver must both be in its file. `connectionPartnerId` is the partner
 * whose connection brought it, and then only that one can have sent it; null when anybody may have (a file on a command line).
 */
export function findAgreement(
  partners: readonly TradingPartner[],
  interchange: Pick<Interchange, 'standard' | 'sender' | 'receiver'>,
  connectionPartnerId: string | null,
): FoundPartner {
  const { standard } = interchange;
  const sender = identifierOf(interchange.sender);
  const receiver = identifierOf(interchange.receiver);
  const { senders, addressed } = candidates(partners, { standard, sender, receiver });
  const found = agreedPartner(partners, { standard, sender, receiver }, connectionPartnerId);
  if (found !== undefined) return { partner: found };

  const senderText = identifierText(standard, interchange.sender);
  const receiverText = identifierText(standard, interchange.receiver);
  const first = senders[0];
  if (first === undefined) {
    const file = `partners/${connectionPartnerId ?? '<id>'}/partner.yaml`;
    return refused(
      'SENDER_UNKNOWN',
      `No partner sends as ${senderText} (${standard}). If the sender is right, add it to "identifiers" in ${file}; if not, tell the sender which identifier you agreed on.`,
    );
  }
  const onConnection = senders.find((partner) => partner.id === connectionPartnerId);
  if (connectionPartnerId !== null && (onConnection === undefined || addressed.length > 0)) {
    const owner = addressed[0] ?? first;
    return refused(
      'SENDER_NOT_ON_CONNECTION',
      `${senderText} is ${owner.id}, but the interchange to ${receiverText} came over a connection of ${connectionPartnerId}. Ask ${connectionPartnerId} why; if it may send this, add ${senderText} to its "identifiers" and take it out of ${owner.id}.`,
    );
  }
  const partner = onConnection ?? first;
  return refused(
    'RECEIVER_NOT_US',
    `${partner.id} sends as ${senderText} to ${receiverText} (${standard}), which is none of ours. If it is, add it to "us" in partners/${partner.id}/partner.yaml; if not, tell ${partner.id} that the interchange came to the wrong place.`,
  );
}

/** An interchange by its identifiers as partner files and the ledger have them: `ZZ/ACME`. */
interface Addressed {
  readonly standard: string;
  readonly sender: string;
  readonly receiver: string;
}

/** The partner that an interchange with these identifiers belongs to; undefined when it is nobody's. See findAgreement. */
export function agreedPartner(
  partners: readonly TradingPartner[],
  identifiers: Addressed,
  connectionPartnerId: string | null,
): TradingPartner | undefined {
  const { addressed } = candidates(partners, identifiers);
  return addressed.find((partner) => connectionPartnerId === null || partner.id === connectionPartnerId);
}

/** Who sends under the identifier, and who of them to the receiver. */
function candidates(partners: readonly TradingPartner[], { standard, sender, receiver }: Addressed) {
  if (standard !== 'x12' && standard !== 'edifact') return { senders: [], addressed: [] };
  const senders = partners.filter((partner) => partner.identifiers[standard]?.includes(sender));
  return { senders, addressed: senders.filter((partner) => partner.us[standard]?.includes(receiver)) };
}

/**
 * The lines for a document: those of exactly this release, else those that name no release, else all of the document (their maps
 * then read the nearest release). Several are for documents of different kinds, and alike in what they answer and grade.
 */
function inboundAgreements(partner: TradingPartner, type: string, release: string): readonly InboundAgreement[] {
  const lines = partner.inbound.filter((line) => line.document === type);
  const [exact, open] = [release, null].map((wanted) => lines.filter((line) => line.release === wanted));
  return [exact, open, lines].find((found) => found !== undefined && found.length > 0) ?? [];
}

/** The first of these lines; undefined when the document is not agreed on. */
export function inboundAgreement(partner: TradingPartner, type: string, release: string): InboundAgreement | undefined {
  return inboundAgreements(partner, type, release)[0];
}

/** A line of `inbound:` and its map, with the overlay of the line laid over it. */
export interface AgreedMap {
  readonly agreement: InboundAgreement;
  readonly map: CompiledMap;
}

/** The line for a document of X12 or EDIFACT, whose map is for its kind; null when no line of the partner names a map. */
export function documentAgreement(
  partner: TradingPartner,
  { mapOf }: Pick<Configuration, 'mapOf'>,
  { type, release, segments }: Pick<TransactionSet, 'type' | 'release' | 'segments'>,
): AgreedMap | null {
  const agreed = inboundAgreements(partner, type, release).flatMap((agreement) => {
    const map = mapOf(agreement);
    return map === null ? [] : [{ agreement, map }];
  });
  return mostFitting(agreed, ({ map }) => map, segments) ?? null;
}

function refused(code: NoPartnerCode, text: string): FoundPartner {
  return { partner: null, reason: { code, text } };
}
