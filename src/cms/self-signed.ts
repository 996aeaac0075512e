import { generateKeyPair, type KeyObject, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { RSA_SIGNATURE_OIDS } from './algorithms.ts';
import { parseBer } from './ber.ts';
import { type Certificate, keyIdentifierOfKey, readCertificate } from './certificate.ts';
import * as der from './der.ts';
import { OID } from './oids.ts';
import { signBytes } from './private-keys.ts';
import { primitive } from './tags.ts';

export interface SelfSignedOptions {
  readonly commonName: string;
  readonly organization: string | null;
  /** Two capital letters. */
  readonly country: string | null;
  /** Size of the RSA key. */
  readonly bits: number;
  /** Milliseconds since 1970. */
  readonly validFrom: number;
  readonly validTo: number;
}

/** A new RSA pair and a certificate that it signs itself, for signing and encryption (RFC 5280). */
export async function generateSelfSigned(
  options: SelfSignedOptions,
): Promise<{ readonly certificate: Certificate; readonly key: KeyObject }> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: options.bits });
  const keyInfo = publicKey.export({ type: 'spki', format: 'der' });
  const name = nameOf(options);
  const algorithm = der.algorithm(RSA_SIGNATURE_OIDS.sha256, der.NULL);
  const serial = randomBytes(16);
  // Positive, and never shorter than said.
  serial[0] = 0x40 | ((serial[0] ?? 0) & 0x3f);
  const body = der.sequence(
    der.explicit(0, der.small(2)),
    der.integer(serial),
    algorithm,
    name,
    der.sequence(der.time(options.validFrom), der.time(options.validTo)),
    name,
    keyInfo,
    der.explicit(3, extensions(keyIdentifierOfKey(parseBer(keyInfo)))),
  );
  const signature = await signBytes(body, 'sha256', 'pkcs1', privateKey);
  const certificate = readCertificate(der.sequence(body, algorithm, der.bitString(signature)));
  return { certificate, key: privateKey };
}

function nameOf({ commonName, organization, country }: SelfSignedOptions): Buffer {
  const attribute = (type: string, value: Buffer): Buffer => der.setOf([der.sequence(der.oid(type), value)]);
  const parts = [attribute(OID.commonName, der.utf8String(commonName))];
  if (organization !== null) parts.unshift(attribute(OID.organization, der.utf8String(organization)));
  if (country !== null) parts.unshift(attribute(OID.country, der.printableString(country)));
  return der.sequence(...parts);
}

function extensions(keyIdentifier: Buffer): Buffer {
  const extension = (type: string, critical: boolean, value: Buffer): Buffer =>
    der.sequence(der.oid(type), ...(critical ? [der.boolean(true)] : []), der.octetString(value));
  return der.sequence(
    extension(OID.basicConstraints, true, der.sequence()),
    // Digital signature, non-repudiation, key encipherment, data encipherment.
    extension(OID.keyUsage, true, der.bitString(Buffer.from([0xf0]), 4)),
    extension(OID.subjectKeyIdentifier, false, der.octetString(keyIdentifier)),
    extension(OID.authorityKeyIdentifier, false, der.sequence(der.element(primitive(0), keyIdentifier))),
  );
}
