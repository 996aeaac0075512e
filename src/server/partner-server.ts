import type { Ids } from '../util/ids.ts';
import type { Log } from '../util/log.ts';
import { createApp } from './app.ts';
import { livez } from './health.ts';
import { createListener, type Listener } from './listener.ts';

/** The listener of trading partners: on a port of its own, with none of the operators' routes. */
export function createPartnerServer(options: { readonly ids: Ids; readonly log: Log }): Listener {
  const app = createApp([livez], [], options);
  return createListener(app, {
    setting: 'CROSSDOCK_PARTNER',
    loopbackOnly: false,
    log: options.log,
    onClose: () => {},
  });
}
