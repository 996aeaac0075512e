import type { Archive } from '../archive/types.ts';
import type { Ledger } from '../ledger/types.ts';
import type { Configuration } from '../partners/configuration.ts';
import type { SendingTransport } from '../transports/types.ts';
import type { Clock } from '../util/clock.ts';
import type { Ids } from '../util/ids.ts';
import type { RetryPlans } from '../util/retry-plan.ts';

/** What the outbound road works with. */
export interface OutboundParts {
  readonly ledger: Ledger;
  readonly archive: Archive;
  readonly clock: Clock;
  readonly ids: Ids;
  /** The configuration of this moment; a reload gives another. */
  configuration(): Configuration;
  /** What sends over a partner's connection; null when there is no such connection, or it cannot send. */
  senderOf(partnerId: string, connectionId: string): SendingTransport | null;
  /** How work is tried again, where a partner's file says nothing else. */
  readonly retry: RetryPlans;
  /** Documents are due to be delivered. */
  ring(): void;
  /** The answer to something that was delivered is awaited. */
  awaiting(): void;
}
