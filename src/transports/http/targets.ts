import { isIP } from 'node:net';
import { GatewayError } from '../../errors.ts';
import { isPublicAddress } from './addresses.ts';

/**
 * Throws TARGET_REFUSED for an address that names a place of our own network, and for one without TLS unless what is sent
 * is `sealed`. Names are judged when it is known where they lead.
 */
export function refuseInside({ hostname, protocol, origin }: URL, sealed: boolean): void {
  if (protocol !== 'https:' && !(sealed && protocol === 'http:')) {
    throw new GatewayError(
      'TARGET_REFUSED',
      `${origin} is not https. Use https, or set CROSSDOCK_ALLOW_PRIVATE_TARGETS=true.`,
    );
  }
  const address = hostname.replace(/^\[|\]$/g, '');
  const refused = isIP(address) === 0 ? null : refusedAddress(address);
  if (refused !== null) throw refused;
}

/** TARGET_REFUSED for an IP address of our own network, null for a public one; `name` is what led there. */
export function refusedAddress(address: string, name: string | null = null): GatewayError | null {
  if (isPublicAddress(address)) return null;
  const what = `${name === null ? address : `${name} (${address})`} is no public address.`;
  return new GatewayError('TARGET_REFUSED', `${what} Set CROSSDOCK_ALLOW_PRIVATE_TARGETS=true if it is meant.`);
}
