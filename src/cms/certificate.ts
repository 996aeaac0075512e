import { createHash, type KeyObject, X509Certificate } from 'node:crypto';
import { type BerNode, child, octetsOf, oidOf, parseBer } from './ber.ts';
import { CmsFault } from './fault.ts';
import { OID } from './oids.ts';
import { constructed, TAG } from './tags.ts';

/** What a key may be used for, as the certificate says (RFC 5280 4.2.1.3). */
export const KEY_USAGES = [
  'digital signature',
  'non-repudiation',
  'key encipherment',
  'data encipherment',
  'key agreement',
  'certificate signing',
  'list signing',
] as const;
export type KeyUsage = (typeof KEY_USAGES)[number];

/** An X.509 certificate of a partner or of ours. Times are milliseconds since 1970. */
export interface Certificate {
  readonly der: Buffer;
  readonly publicKey: KeyObject;
  /** `CN=…, O=…`. */
  readonly subject: string;
  readonly issuedBy: string;
  /** The issuer's name and the serial number as they are encoded: what a message names the certificate by. */
  readonly issuer: Buffer;
  readonly serial: Buffer;
  /** Null when the certificate does not carry one; then SHA-1 of the key stands in. */
  readonly keyIdentifier: Buffer;
  readonly validFrom: number;
  readonly validTo: number;
  /** SHA-256 of the whole, `ab:cd:…`. */
  readonly fingerprint: string;
  /** Null when the certificate does not say. */
  readonly usages: readonly KeyUsage[] | null;
}

/** Reads a certificate from DER. Malformed when it is none. */
export function readCertificate(bytes: Buffer): Certificate {
  try {
    const x509 = new X509Certificate(bytes);
    const body = child(parseBer(x509.raw), 0, TAG.sequence);
    const first = body.children[0]?.tag === constructed(0) ? 1 : 0;
    const extensions = extensionsOf(body);
    const key = child(body, first + 5, TAG.sequence);
    return {
      der: x509.raw,
      publicKey: x509.publicKey,
      subject: nameText(x509.subject),
      issuedBy: nameText(x509.issuer),
      serial: child(body, first, TAG.integer).content,
      issuer: child(body, first + 2, TAG.sequence).whole,
      keyIdentifier: keyIdentifierOf(extensions.get(OID.subjectKeyIdentifier), key),
      validFrom: Date.parse(x509.validFrom),
      validTo: Date.parse(x509.validTo),
      fingerprint: x509.fingerprint256.toLowerCase(),
      usages: usagesOf(extensions.get(OID.keyUsage)),
    };
  } catch (cause) {
    throw new CmsFault('malformed', 'These bytes are no X.509 certificate.', { cause });
  }
}

/** SHA-1 of the key's bits, the usual key identifier (RFC 5280 4.2.1.2). */
export function keyIdentifierOfKey(publicKeyInfo: BerNode): Buffer {
  return createHash('sha1')
    .update(child(publicKeyInfo, 1, TAG.bitString).content.subarray(1))
    .digest();
}

function keyIdentifierOf(extension: Buffer | undefined, key: BerNode): Buffer {
  return extension === undefined ? keyIdentifierOfKey(key) : octetsOf(parseBer(extension));
}

function extensionsOf(body: BerNode): ReadonlyMap<string, Buffer> {
  const wrapper = body.children.find(({ tag }) => tag === constructed(3));
  const list = wrapper === undefined ? [] : child(wrapper, 0, TAG.sequence).children;
  return new Map(list.map((one) => [oidOf(child(one, 0)), octetsOf(child(one, one.children.length - 1))]));
}

function usagesOf(extension: Buffer | undefined): readonly KeyUsage[] | null {
  if (extension === undefined) return null;
  const bits = parseBer(extension).content[1] ?? 0;
  return KEY_USAGES.filter((_, bit) => (bits & (0x80 >> bit)) !== 0);
}

function nameText(name: string): string {
  return name.split('\n').join(', ');
}
