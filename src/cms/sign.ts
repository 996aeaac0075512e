import { type KeyObject, X509Certificate } from 'node:crypto';
import { type Digest, digestIdentifier, pssIdentifier, SALT_BYTES } from './algorithms.ts';
import type { Certificate } from './certificate.ts';
import * as der from './der.ts';
import { type IdentifiedBy, identifierOfCertificate } from './identifier.ts';
import { OID } from './oids.ts';
import { signBytes } from './private-keys.ts';
import { constructed } from './tags.ts';

export interface SignOptions {
  /** Of the content, in `digest`. */
  readonly contentDigest: Buffer;
  readonly digest: Digest;
  readonly scheme: 'pkcs1' | 'pss';
  readonly certificate: Certificate;
  readonly key: KeyObject;
  readonly identifiedBy: IdentifiedBy;
  /** Put into the message, for a partner who looks there; none where the partner has ours already. */
  readonly include: readonly Certificate[];
  /** Milliseconds since 1970; null leaves the attribute out. */
  readonly signingTime: number | null;
  /** Binds the algorithms into the signature (RFC 6211); some receivers refuse what they do not know. */
  readonly algorithmProtection: boolean;
  /** The content itself, for an opaque signature; null for a detached one. */
  readonly content: Buffer | null;
}

/** SignedData with one signer and signed attributes (RFC 5652), as DER of a ContentInfo. */
export async function signData(options: SignOptions): Promise<Buffer> {
  const { digest, scheme, content, identifiedBy } = options;
  const attributes = der.setOf(signedAttributes(options));
  const signer = der.sequence(
    der.small(identifiedBy === 'issuer' ? 1 : 3),
    identifierOfCertificate(options.certificate, identifiedBy),
    digestIdentifier(digest),
    der.retagged(constructed(0), attributes),
    signatureIdentifier(options),
    der.octetString(await signBytes(attributes, digest, scheme, options.key)),
  );
  const certificates = options.include.map((one) => one.der);
  const signed = der.sequence(
    der.small(identifiedBy === 'issuer' ? 1 : 3),
    der.setOf([digestIdentifier(digest)]),
    der.sequence(der.oid(OID.data), ...(content === null ? [] : [der.explicit(0, der.octetString(content))])),
    ...(certificates.length === 0 ? [] : [der.retagged(constructed(0), der.setOf(certificates))]),
    der.setOf([signer]),
  );
  return der.sequence(der.oid(OID.signedData), der.explicit(0, signed));
}

/** Certificates and nothing signed: a `.p7b` (RFC 5652 5.1, degenerate). */
export function certificatesOnly(certificates: readonly Certificate[]): Buffer {
  const signed = der.sequence(
    der.small(1),
    der.setOf([]),
    der.sequence(der.oid(OID.data)),
    der.retagged(constructed(0), der.setOf(certificates.map((one) => one.der))),
    der.setOf([]),
  );
  return der.sequence(der.oid(OID.signedData), der.explicit(0, signed));
}

function signatureIdentifier({ digest, scheme }: SignOptions): Buffer {
  return scheme === 'pss' ? pssIdentifier(digest, SALT_BYTES[digest]) : der.algorithm(OID.rsaEncryption, der.NULL);
}

function signedAttributes(options: SignOptions): readonly Buffer[] {
  const { digest, contentDigest, signingTime, algorithmProtection } = options;
  const attribute = (type: string, value: Buffer): Buffer => der.sequence(der.oid(type), der.setOf([value]));
  const attributes = [
    attribute(OID.contentType, der.oid(OID.data)),
    attribute(OID.messageDigest, der.octetString(contentDigest)),
  ];
  if (signingTime !== null) attributes.push(attribute(OID.signingTime, der.time(signingTime)));
  if (algorithmProtection) {
    const protection = der.sequence(
      digestIdentifier(digest),
      der.retagged(constructed(1), signatureIdentifier(options)),
    );
    attributes.push(attribute(OID.algorithmProtection, protection));
  }
  return attributes;
}

/** True when the key is the one of the certificate. */
export function belongTogether(certificate: Certificate, key: KeyObject): boolean {
  return new X509Certificate(certificate.der).checkPrivateKey(key);
}
