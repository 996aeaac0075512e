import type { Archive } from '../archive/types.ts';
import type { Ledger } from '../ledger/types.ts';
import type { Configuration } from '../partners/configuration.ts';
import type { Clock } from '../util/clock.ts';
import type { Ids } from '../util/ids.ts';
import type { Log } from '../util/log.ts';
import type { RetryPlans } from '../util/retry-plan.ts';

/** What the inbound road works with. */
export interface InboundParts {
  readonly ledger: Ledger;
  readonly archive: Archive;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** The configuration of this moment; a reload gives another. */
  configuration(): Configuration;
  /** How work is tried again, where a partner's file says nothing else. */
  readonly retry: RetryPlans;
  /** Files or documents are due. */
  ring(): void;
  /** Partners acknowledged what we sent, and that is due to be reconciled. */
  acknowledged(): void;
  /** Events were recorded. */
  published(): void;
}
