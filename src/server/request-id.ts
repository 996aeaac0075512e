import type { RequestHandler, Response } from 'express';
import type { Ids } from '../util/ids.ts';

const HEADER = 'x-request-id';
/** What is taken over from the caller; anything else could forge lines in a log. */
const TAKEN_OVER = /^[A-Za-z0-9._-]{1,64}$/;

/** Gives every response an `x-request-id`: the caller's, or a new one. */
export function requestId(ids: Ids): RequestHandler {
  return (request, response, next) => {
    const given = request.get(HEADER);
    response.set(HEADER, given !== undefined && TAKEN_OVER.test(given) ? given : ids('req'));
    next();
  };
}

/** The request id of a response; the same as the `traceId` of a problem and of the log. */
export function requestIdOf(response: Response): string {
  return response.get(HEADER) ?? '';
}
