import type { RequestHandler } from 'express';
import { GatewayError } from '../errors.ts';
import { isLocalHost, isLoopback } from './loopback.ts';

/** Refuses names other than this machine's own: a web page may point a name of its own at the loopback address. */
export const checkHost: RequestHandler = (request, _response, next) => {
  const host = request.get('host') ?? '';
  if (!isLocalHost(host)) {
    const what = `This listener does not answer for the host "${host.slice(0, 99)}".`;
    throw new GatewayError('ACCESS_REFUSED', `${what} Use localhost, 127.0.0.1 or [::1].`);
  }
  next();
};

/** Refuses changes that a web page of somebody else sends: only browsers name an origin, and there it is another host. */
export const checkOrigin: RequestHandler = (request, _response, next) => {
  const origin = request.get('origin');
  if (request.method !== 'GET' && request.method !== 'HEAD' && origin !== undefined) {
    if (URL.parse(origin)?.host !== request.get('host')) {
      const what = `A page of ${origin.slice(0, 99)} may change nothing here.`;
      throw new GatewayError('ACCESS_REFUSED', `${what} Use the command line, or a client of your own.`);
    }
  }
  next();
};

/** Who is behind a request as long as there are no keys: somebody on this machine. */
export const OPERATOR = 'operator';

/** Who may use the operations listener: without API keys, only callers on this machine. */
export const authorize: RequestHandler = (request, _response, next) => {
  const peer = request.socket.remoteAddress;
  if (peer === undefined || !isLoopback(peer)) {
    const what = 'Without API keys this listener answers only callers on its own machine.';
    throw new GatewayError('ACCESS_REFUSED', `${what} Come through an SSH tunnel.`);
  }
  next();
};
