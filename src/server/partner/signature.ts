import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { GatewayError } from '../../errors.ts';

/** What a signed request says of itself. */
export interface SignedHeaders {
  /** The sender's id of the message; the same at every attempt. */
  readonly id: string;
  /** Seconds since 1970, as the sender wrote them. */
  readonly timestamp: string;
  readonly signatures: readonly Buffer[];
}

/** A signature older or newer than this is a replay or a wrong clock: seconds. */
const TOLERANCE = 300;
const PRINTABLE = /^[\x21-\x7e]{1,255}$/;

/**
 * The signature headers of a request (Standard Webhooks: `webhook-id`, `webhook-timestamp`, `webhook-signature` with
 * `v1,` and an HMAC-SHA-256 in base64, several divided by spaces). CREDENTIALS_REFUSED when they are missing or too old.
 * `now` is in milliseconds.
 */
export function signedHeaders(request: Request, now: number): SignedHeaders {
  const id = request.get('webhook-id') ?? '';
  const timestamp = request.get('webhook-timestamp') ?? '';
  const signatures = (request.get('webhook-signature') ?? '')
    .split(' ')
    .filter((text) => text.startsWith('v1,'))
    .map((text) => Buffer.from(text.slice(3), 'base64'));
  if (!PRINTABLE.test(id) || !/^[0-9]{1,12}$/.test(timestamp) || signatures.length === 0) {
    throw refused(
      'The headers webhook-id, webhook-timestamp and webhook-signature are not all there. Sign the request.',
    );
  }
  if (Math.abs(now / 1000 - Number(timestamp)) > TOLERANCE) {
    throw refused(`The signature is more than ${TOLERANCE / 60} minutes old or ahead. Check the clock and sign again.`);
  }
  return { id, timestamp, signatures };
}

/**
 * The same bytes; throws CREDENTIALS_REFUSED at their end when no signature fits them. Nothing may be done with the bytes
 * before. A secret that begins with `whsec_` is the base64 of the key, any other is the key itself.
 */
export async function* verified(
  bytes: AsyncIterable<Buffer>,
  { id, timestamp, signatures }: SignedHeaders,
  secret: string,
): AsyncGenerator<Buffer> {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret);
  const hmac = createHmac('sha256', key).update(`${id}.${timestamp}.`);
  for await (const chunk of bytes) {
    hmac.update(chunk);
    yield chunk;
  }
  const expected = hmac.digest();
  const fits = signatures.filter((given) => given.length === expected.length && timingSafeEqual(given, expected));
  if (fits.length === 0) throw refused('No signature fits the body. Sign the exact bytes with the agreed secret.');
}

function refused(text: string): GatewayError {
  return new GatewayError('CREDENTIALS_REFUSED', text);
}
