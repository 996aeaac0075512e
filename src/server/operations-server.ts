import type { Ids } from '../util/ids.ts';
import type { Log } from '../util/log.ts';
import { createApp } from './app.ts';
import { authorize, checkHost, checkOrigin } from './authorize.ts';
import { createEventStreams } from './event-stream.ts';
import { createListener, type Listener } from './listener.ts';
import { operationsRoutes } from './operations-routes.ts';
import type { OperationsSources } from './sources.ts';

export interface OperationsServer extends Listener {
  /** Call after events were recorded: open streams look at once instead of within two seconds. */
  notify(): void;
}

/**
 * The listener of operators and consumers. It has no API keys, so that it answers only callers on its own machine and
 * takes loopback addresses only.
 */
export function createOperationsServer(
  options: OperationsSources & { readonly ids: Ids; readonly log: Log },
): OperationsServer {
  const streams = createEventStreams(options.ledger, options.clock);
  const app = createApp(operationsRoutes(options, streams), [checkHost, authorize, checkOrigin], options);
  const listener = createListener(app, {
    setting: 'CROSSDOCK_OPERATIONS',
    loopbackOnly: true,
    log: options.log,
    onClose: streams.close,
  });
  return { ...listener, notify: streams.notify };
}
