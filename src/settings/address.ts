import { isIPv6 } from 'node:net';

/** Where a listener listens. */
export interface Address {
  /** Name or IP address, an IPv6 address without brackets. */
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
}

/** Reads `host:port`, `127.0.0.1:0` or `[::1]:8080`; null for anything else. */
export function parseAddress(text: string): Address | null {
  const match = /^(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}))):([0-9]{1,5})$/.exec(text);
  const port = Number(match?.[3]);
  const [, bracketed, name] = match ?? [];
  if (bracketed !== undefined && !isIPv6(bracketed)) return null;
  const host = bracketed ?? name;
  return host === undefined || port > 65_535 ? null : { host, port };
}
