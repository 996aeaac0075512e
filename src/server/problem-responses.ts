import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { ERROR_CODES, GatewayError } from '../errors.ts';
import type { JsonObject } from '../events/types.ts';
import type { Log } from '../util/log.ts';
import { record, TEXT } from './json-schema.ts';
import { requestIdOf } from './request-id.ts';

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

const UNAVAILABLE = 503;
/** Seconds after which what does not answer now may do so again. */
const COME_AGAIN = 5;

/** The schema of every answer that is not a success (RFC 9457). */
export const PROBLEM: JsonObject = record('What went wrong (RFC 9457).', {
  type: { type: 'string', format: 'uri', description: 'The same for every problem of this code.' },
  title: TEXT,
  status: { type: 'integer', minimum: 400, maximum: 599 },
  detail: { type: 'string', description: 'What is wrong here, and what to do.' },
  code: { enum: Object.keys(ERROR_CODES) },
  traceId: { type: 'string', description: 'Also in the header x-request-id, and in the log.' },
});

/** The error of something that is not there. `what` names it: `file "fil_01"`. */
export function notFound(what: string): GatewayError {
  const remedy = 'Look ids up with /v1/trace?ref=, by any number of the document or name of the file.';
  return new GatewayError('NOT_FOUND', `There is no ${what}. ${remedy}`);
}

/** For requests that no route took. */
export const unknownRoute: RequestHandler = (request) => {
  throw new GatewayError(
    'NOT_FOUND',
    `Nothing is served at ${request.path.slice(0, 99)}. /openapi.json lists the routes.`,
  );
};

/** For the path of a route, when the method is none of those allowed: `GET, HEAD`. */
export function wrongMethod(allowed: string): RequestHandler {
  return (request, response) => {
    response.set('allow', allowed);
    const what = `${request.method} is not supported at ${request.path.slice(0, 99)}. Use ${allowed.split(',')[0]}.`;
    throw new GatewayError('METHOD_NOT_ALLOWED', what);
  };
}

/** The last handler: whatever was thrown becomes a problem; faults of ours are logged with the trace id. */
export function problems(log: Log): ErrorRequestHandler {
  return (thrown: unknown, request, response, _next) => {
    if (response.destroyed && (isPremature(thrown) || request.destroyed)) return;
    const error = asGatewayError(thrown);
    // What else the body would bring is not read.
    if (!request.complete) response.set('connection', 'close');
    if (error.status >= 500) {
      const details = { traceId: requestIdOf(response), method: request.method, path: request.path, err: thrown };
      log.error(details, 'A request failed.');
    }
    // Too late for another status: what breaks off is recognised as incomplete.
    if (response.headersSent) response.destroy();
    else sendProblem(response, error);
  };
}

function sendProblem(response: Response, error: GatewayError): void {
  const { code, status } = error;
  const problem = {
    type: `https://crossdock.dev/problems/${code}`,
    title: ERROR_CODES[code].title,
    status,
    detail: error.message,
    code,
    traceId: requestIdOf(response),
  };
  if (status === UNAVAILABLE) response.set('retry-after', String(COME_AGAIN));
  response.status(status).type(PROBLEM_MEDIA_TYPE).send(JSON.stringify(problem));
}

/** Express refuses what it cannot decode with a status of its own. What else is thrown is nobody's business outside. */
function asGatewayError(thrown: unknown): GatewayError {
  if (thrown instanceof GatewayError) return thrown;
  if (thrown instanceof URIError) {
    return new GatewayError('REQUEST_INVALID', 'The path holds a % that begins no valid character. Encode it as %25.');
  }
  const detail = 'The gateway failed to answer. Try again; if it stays, look for the trace id in its log.';
  return new GatewayError('INTERNAL', detail, { cause: thrown });
}

/** The client left before its answer ended. */
function isPremature(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_STREAM_PREMATURE_CLOSE';
}
