import type { Ids } from '../util/ids.ts';
import type { Log } from '../util/log.ts';
import { createApp } from './app.ts';
import { livez } from './health.ts';
import { type ConnectionLimits, createListener, type Listener } from './listener.ts';
import { type As2Handler, as2Route } from './partner/as2.ts';
import { partnerLimits } from './partner/limits.ts';
import type { PartnerSources } from './partner/sources.ts';
import { statusRoute } from './partner/status.ts';
import { submitRoute } from './partner/submit.ts';

/**
 * A slow sender holds a socket for a while and nothing else. 250 MB within the longest request are 420 kB a second; bodies
 * above a megabyte go to the disk, so that all connections together hold little memory.
 */
const LIMITS: ConnectionLimits = { idle: 60_000, headers: 15_000, request: 600_000, connections: 512 };

/** The listener of trading partners: on a port of its own, with none of the operators' routes. */
export function createPartnerServer(
  options: PartnerSources & {
    readonly ids: Ids;
    readonly log: Log;
    readonly limits?: ConnectionLimits;
    readonly as2: As2Handler;
  },
): Listener {
  const app = createApp([livez, submitRoute(options), statusRoute(options)], partnerLimits(), options);
  return createListener(as2Route(options.as2, app, options.log), {
    setting: 'CROSSDOCK_PARTNER',
    loopbackOnly: false,
    limits: options.limits ?? LIMITS,
    log: options.log,
    onClose: () => {},
  });
}
