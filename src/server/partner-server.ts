import type { Ids } from '../util/ids.ts';
import type { Log } from '../util/log.ts';
import { createApp } from './app.ts';
import { livez } from './health.ts';
import { createListener, type Listener } from './listener.ts';
import { type As2Handler, as2Route } from './partner/as2.ts';
import { partnerLimits } from './partner/limits.ts';
import type { PartnerSources } from './partner/sources.ts';
import { statusRoute } from './partner/status.ts';
import { submitRoute } from './partner/submit.ts';

/** A connection on which nothing moves for so long is cut: a slow sender holds a socket and nothing else. */
const IDLE = 60_000;

/**
 * The listener of trading partners: on a port of its own, with none of the operators' routes. `idle` are the milliseconds
 * after which a silent connection is cut.
 */
export function createPartnerServer(
  options: PartnerSources & {
    readonly ids: Ids;
    readonly log: Log;
    readonly idle?: number;
    readonly as2: As2Handler;
  },
): Listener {
  const app = createApp([livez, submitRoute(options), statusRoute(options)], partnerLimits(), options);
  return createListener(as2Route(options.as2, app, options.log), {
    setting: 'CROSSDOCK_PARTNER',
    loopbackOnly: false,
    idle: options.idle ?? IDLE,
    log: options.log,
    onClose: () => {},
  });
}
