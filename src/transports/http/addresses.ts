import { BlockList, isIP } from 'node:net';

// Two lists: in one, an IPv4 address would also be looked for as ::ffff:0:0/96.
const inside4 = new BlockList();
const inside6 = new BlockList();
// IANA's special-purpose registries: loopback, private, link-local (with the metadata services of clouds), shared, test,
// benchmark, multicast and reserved ranges.
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  inside4.addSubnet(network, prefix, 'ipv4');
}
// Only 2000::/3 is given out to the world; of it these carry an IPv4 address inside or are for documents.
for (const [network, prefix] of [
  ['::', 3],
  ['4000::', 2],
  ['8000::', 1],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  inside6.addSubnet(network, prefix, 'ipv6');
}

/** True for an IP address that anybody in the world may have; false for loopback, private and reserved ones, and for names. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  return family === 4 ? !inside4.check(address, 'ipv4') : !inside6.check(address, 'ipv6');
}
