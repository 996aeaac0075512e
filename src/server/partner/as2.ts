import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Log } from '../../util/log.ts';

/** What answers messages over AS2. */
export type As2Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * `/as2` before everything else of the listener: its callers prove who they are by signatures, not by keys, and send as fast
 * as they can. HEAD and GET are how some partners try an address.
 */
export function as2Route(handle: As2Handler, others: RequestListener, log: Log): RequestListener {
  return (request, response) => {
    if (request.url?.split('?', 1)[0] !== '/as2') {
      others(request, response);
      return;
    }
    if (request.method === 'POST') {
      handle(request, response).catch((err: unknown) => {
        log.error({ err }, 'A message could not be answered.');
        response.destroy();
      });
      return;
    }
    const known = request.method === 'HEAD' || request.method === 'GET';
    response.writeHead(known ? 200 : 405, { allow: 'POST, GET, HEAD', 'content-length': 0 }).end();
  };
}
