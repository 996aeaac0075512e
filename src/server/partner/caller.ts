import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { GatewayError } from '../../errors.ts';
import type { HttpConnection, TradingPartner } from '../../partners/types.ts';

/** Who a request is from, proven by a key. */
export interface Caller {
  readonly partner: TradingPartner;
  readonly connection: HttpConnection;
  /** Id of the key, which is no secret. */
  readonly keyId: string;
}

const BEARER = /^Bearer +(cdk_([a-z0-9]{8})\.[A-Za-z0-9_-]{43})$/;

/** The caller whose key stands in `Authorization: Bearer …`. CREDENTIALS_REFUSED says the same whatever is wrong. */
export function callerOf(request: Request, partners: readonly TradingPartner[]): Caller {
  const [, key, keyId] = BEARER.exec(request.get('authorization') ?? '') ?? [];
  if (key === undefined || keyId === undefined) throw refused();
  const given = createHash('sha256').update(key).digest();
  for (const partner of partners) {
    for (const connection of partner.connections) {
      if (connection.kind !== 'http') continue;
      const known = connection.keys.find(({ id }) => id === keyId);
      if (known === undefined) continue;
      const hash = Buffer.from(known.sha256, 'base64');
      if (hash.length === given.length && timingSafeEqual(hash, given)) return { partner, connection, keyId };
    }
  }
  throw refused();
}

function refused(): GatewayError {
  const what = 'The request shows no key that is known here.';
  return new GatewayError('CREDENTIALS_REFUSED', `${what} Send the header "Authorization: Bearer" with your key.`);
}
