import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { GatewayError } from '../../errors.ts';

const MINUTE = 60_000;
/** Requests of one address in a minute. */
const REQUESTS = 1_200;
/** Requests of one address in a minute that may show a wrong key: enough for a mistake, too few for guessing. */
const REFUSALS = 30;

/** Bounds how often an address may ask, and how often it may be refused; says when to come again. */
export function partnerLimits(): readonly RequestHandler[] {
  const base = {
    windowMs: MINUTE,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: () => {
      throw new GatewayError(
        'RATE_LIMITED',
        'There were too many requests from this address. Wait as Retry-After says.',
      );
    },
  } as const;
  return [
    rateLimit({ ...base, limit: REQUESTS, identifier: 'requests' }),
    rateLimit({
      ...base,
      limit: REFUSALS,
      identifier: 'refusals',
      skipSuccessfulRequests: true,
      requestWasSuccessful: (_request, response) => response.statusCode !== 401,
    }),
  ];
}
