import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { isIPv6 } from 'node:net';
import { GatewayError, messageOf } from '../errors.ts';
import type { Log } from '../util/log.ts';
import { isLoopback } from './loopback.ts';

/** An HTTP server on an address of its own. */
export interface Listener {
  /** Takes the address, port 0 lets the system choose, and answers its URL. LISTENER_UNAVAILABLE when it cannot be had. */
  listen(address: { readonly host: string; readonly port: number }): Promise<{ readonly url: string }>;
  /** Takes no more connections, lets requests end for five seconds at most, and cuts what is left. */
  close(): Promise<void>;
}

/** How much of a listener one caller, or all of them together, may hold. Times are in milliseconds. */
export interface ConnectionLimits {
  /** A connection on which nothing moves for so long is cut. */
  readonly idle: number;
  /** So long may the headers of a request take, and so long the whole of it. */
  readonly headers: number;
  readonly request: number;
  /** Connections at once; one more is closed as it comes. */
  readonly connections: number;
}

/** Pauses between two looks for requests that take too long, and between two words about closed connections. */
const LOOK = 1_000;
const WORD = 60_000;
/** How long requests under way may take to end when the listener closes. */
const CLOSE_WITHIN = 5_000;

/** `setting` is what people change to choose another address. `onClose` is told when closing begins. */
export function createListener(
  handle: RequestListener,
  options: {
    readonly setting: string;
    readonly loopbackOnly: boolean;
    /** Without them connections may be silent, as those of a stream of events are. */
    readonly limits?: ConnectionLimits;
    readonly log: Log;
    readonly onClose: () => void;
  },
): Listener {
  const { limits } = options;
  const server = createServer(
    limits === undefined
      ? {}
      : { headersTimeout: limits.headers, requestTimeout: limits.request, connectionsCheckingInterval: LOOK },
    handle,
  );
  if (limits !== undefined) {
    server.setTimeout(limits.idle);
    server.maxConnections = limits.connections;
    tellDropped(server, limits.connections, options.log);
  }
  let closing = false;
  server.on('request', (_request, response) => {
    // A connection kept alive would hold up closing.
    response.once('close', () => {
      if (closing) setImmediate(() => server.closeIdleConnections());
    });
  });
  return {
    listen: async ({ host, port }) => {
      const place = `${isIPv6(host) ? `[${host}]` : host}:${port}`;
      const unavailable = (what: string, remedy: string, cause?: unknown) =>
        new GatewayError('LISTENER_UNAVAILABLE', `${place}: ${what} ${remedy}`, { cause });
      try {
        const { address } = await lookup(host);
        if (options.loopbackOnly && !isLoopback(address)) {
          const what = 'Without API keys this listener may be reached from its own machine only.';
          throw unavailable(what, `Set ${options.setting}=127.0.0.1:${port}, and come through an SSH tunnel.`);
        }
        server.listen(port, address);
        await once(server, 'listening');
        // Out of file handles, for one: the next connection may find some.
        server.on('error', (err) => options.log.warn({ err, place }, 'A connection could not be accepted.'));
      } catch (cause) {
        if (cause instanceof GatewayError) throw cause;
        const remedy = `Stop what listens there, or set ${options.setting} to another host:port.`;
        throw unavailable(`The address cannot be taken: ${messageOf(cause)}.`, remedy, cause);
      }
      return { url: urlOf(server.address()) };
    },
    close: async () => {
      closing = true;
      options.onClose();
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      const cut = setTimeout(() => server.closeAllConnections(), CLOSE_WITHIN);
      await closed;
      clearTimeout(cut);
    },
  };
}

/** Under a flood the log says so once a minute. */
function tellDropped(server: Server, most: number, log: Log): void {
  let told = Number.NEGATIVE_INFINITY;
  server.on('drop', (caller) => {
    if (performance.now() - told < WORD) return;
    told = performance.now();
    log.warn({ address: caller?.remoteAddress, most }, 'There are too many connections; further ones are closed.');
  });
}

function urlOf(bound: ReturnType<ReturnType<typeof createServer>['address']>): string {
  if (bound === null || typeof bound === 'string') throw new Error('The server listens on no port.');
  return `http://${isIPv6(bound.address) ? `[${bound.address}]` : bound.address}:${bound.port}`;
}
