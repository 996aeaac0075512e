import { GatewayError } from '../errors.ts';
import type { SentDocumentRow } from '../ledger/outbound-types.ts';
import type { Claim } from '../ledger/types.ts';
import type { Outgoing } from '../transports/types.ts';
import { failPoints } from '../util/fail-point.ts';
import type { OutboundParts } from './parts.ts';

/**
 * Step two: a document goes to its partner over the connection of its line. A retry sends the same bytes under the same name
 * and id, so that a partner who has it already takes it for the same.
 */
export async function deliver(parts: OutboundParts, claims: readonly Claim[]): Promise<void> {
  const { ledger, clock } = parts;
  for (const claim of claims) {
    const document = await ledger.sentDocument(claim.subjectId);
    // An acknowledgment may have been faster than the note that it was sent.
    const receipt = document?.state === 'queued' ? await send(parts, document) : null;
    await ledger.recordDelivery(claim, receipt, clock.now());
    if (document?.expect != null) parts.awaiting();
  }
}

async function send(parts: OutboundParts, document: SentDocumentRow) {
  const { partnerId, connection } = document;
  const sender = parts.senderOf(partnerId, connection);
  if (sender === null) {
    const what = `${partnerId} has no connection "${connection}" that sends.`;
    throw new GatewayError('CONNECTION_NOT_FOUND', `${what} Bring it back, or mend "via" and send the event anew.`);
  }
  const receipt = await sender.send(outgoing(parts, document));
  await failPoints?.reach('outbound.after_send');
  return receipt;
}

function outgoing({ archive }: OutboundParts, { id, name, contentType, size, sha256 }: SentDocumentRow): Outgoing {
  return {
    id,
    name,
    contentType,
    size,
    sha256,
    open: async function* () {
      for await (const chunk of archive.read(sha256)) yield Buffer.from(chunk);
    },
  };
}
