import type { Accepted, HandedOver } from '../../inbound/accept.ts';
import type { Origin } from '../../inbound/receive.ts';
import type { FileRow, Ledger } from '../../ledger/types.ts';
import type { TradingPartner } from '../../partners/types.ts';
import type { Secrets } from '../../settings/secrets.ts';
import type { Clock } from '../../util/clock.ts';

/** What the partners' listener works with. `partners` is asked each time: configuration is reloaded. */
export interface PartnerSources {
  readonly ledger: Pick<Ledger, 'file' | 'documents' | 'interchangesOf'>;
  readonly partners: () => readonly TradingPartner[];
  readonly secrets: Secrets;
  readonly clock: Clock;
  /** Step one of the inbound road. */
  readonly accept: (origin: Origin, file: HandedOver) => Promise<Accepted>;
  /** What a settled file is answered with. */
  readonly acknowledgment: (file: FileRow) => Promise<Buffer>;
}
