import { type BerNode, child, octetsOf } from './ber.ts';
import type { Certificate } from './certificate.ts';
import * as der from './der.ts';
import { constructed, primitive, TAG } from './tags.ts';

/** How a message names a certificate: by issuer and serial number, or by key identifier. */
export type IdentifiedBy = 'issuer' | 'key';

/** The identifier of a signer or recipient, as it is written. */
export function identifierOfCertificate(certificate: Certificate, by: IdentifiedBy): Buffer {
  return by === 'issuer'
    ? der.sequence(certificate.issuer, der.element(TAG.integer, certificate.serial))
    : der.element(primitive(0), certificate.keyIdentifier);
}

/** True when an identifier of a message means that certificate. */
export function identifies(identifier: BerNode, { issuer, serial, keyIdentifier }: Certificate): boolean {
  if (identifier.tag === primitive(0) || identifier.tag === constructed(0)) {
    return octetsOf(identifier).equals(keyIdentifier);
  }
  const [name, number] = [child(identifier, 0, TAG.sequence), child(identifier, 1, TAG.integer)];
  return name.whole.equals(issuer) && withoutZeros(number.content).equals(withoutZeros(serial));
}

/** Some senders write a serial number with one zero too many, or too few. */
function withoutZeros(bytes: Buffer): Buffer {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start++;
  return bytes.subarray(start);
}
