import { GatewayError } from '../errors.ts';
import type { Delivery, ReceivedMessage } from '../ledger/message-types.ts';
import type { Arrival } from '../transports/types.ts';
import { failPoints } from '../util/fail-point.ts';
import { together } from '../util/together.ts';
import type { InboundParts } from './parts.ts';
import { type Origin, store } from './receive.ts';

/** So many messages share one transaction at most. */
const MOST = 64;

/**
 * Step one for messages whose senders wait for a receipt: their files become durable while the receipt is made, then messages,
 * receipts and files stand in the ledger. Messages that come while others are recorded go together in the next transaction.
 * Answers the message that was accepted before under the same key, and nothing is recorded then; null when there is none.
 * LEDGER_UNAVAILABLE when a file cannot be stored.
 */
export function createMessageReceiver(
  parts: InboundParts,
): (
  origin: Origin,
  arrivals: readonly Arrival[],
  message: Promise<ReceivedMessage>,
) => Promise<ReceivedMessage | null> {
  const record = together((deliveries: readonly Delivery[]) => parts.ledger.recordMessages(deliveries), MOST);
  return async (origin, arrivals, answering) => {
    const stored = await Promise.all(arrivals.map((arrival) => store(parts, origin, arrival)));
    const message = await answering;
    const files = stored.flatMap((entry) => (entry === null ? [] : [entry.file]));
    if (files.length < arrivals.length) {
      const what = `${origin.connection}: the documents of the message could not be stored.`;
      throw new GatewayError('LEDGER_UNAVAILABLE', `${what} Its sender is to send it again.`);
    }
    await failPoints?.reach('ingest.before_commit');
    const earlier = await record({ message, files });
    await failPoints?.reach('ingest.after_commit');
    if (files.length > 0) parts.ring();
    await failPoints?.reach('ingest.before_ack');
    return earlier;
  };
}
