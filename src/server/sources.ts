import type { Archive } from '../archive/types.ts';
import type { JsonObject } from '../events/types.ts';
import type { ReplayRequest } from '../inbound/replay-request.ts';
import type { ReplayRow } from '../ledger/replay-types.ts';
import type { Ledger } from '../ledger/types.ts';
import type { Explanation } from '../mapping/explain.ts';
import type { MapLibrary } from '../mapping/library.ts';
import type { AcceptedEvent } from '../outbound/accept.ts';
import type { TradingPartner } from '../partners/types.ts';
import type { Clock } from '../util/clock.ts';
import type { PurgeRequest } from './purges.ts';
import type { ReadinessSources } from './readiness.ts';

/** What the operations API tells about. `maps` and `partners` are asked each time: configuration is reloaded. */
export interface OperationsSources extends ReadinessSources {
  readonly ledger: Ledger;
  readonly archive: Archive;
  readonly maps: () => MapLibrary;
  readonly partners: () => readonly TradingPartner[];
  readonly clock: Clock;
  /** Of this program. */
  readonly version: string;
  /** Work was made due, so that nobody waits for the next look at the ledger; absent where nobody works. */
  readonly ring?: () => void;
  /** The last check of the books; null before the first, absent where none is made. */
  readonly lastCheck?: () => { readonly at: number; readonly imbalances: number } | null;
  /** Removes what is old; the route exists only with it. */
  readonly purge?: PurgeRequest;
  /** Has stored documents read again; the routes exist only with it. */
  readonly requestReplay?: (request: ReplayRequest) => Promise<ReplayRow>;
  /** Takes an event that is to be sent; the route exists only with it. */
  readonly send?: (event: JsonObject) => Promise<AcceptedEvent>;
  /** Where each field of an event came from; the route exists only with it. */
  readonly lineage?: (eventId: string) => Promise<readonly Explanation[]>;
}
