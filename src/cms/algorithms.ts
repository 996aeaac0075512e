import type { CipherGCMTypes } from 'node:crypto';
import * as der from './der.ts';
import { NULL } from './der.ts';
import { OID } from './oids.ts';

/** Digests by the names Node knows them under. */
export const DIGESTS = ['sha1', 'sha256', 'sha384', 'sha512'] as const;
export type Digest = (typeof DIGESTS)[number];

/** Content encryption. `-gcm` makes AuthEnvelopedData, the others EnvelopedData. */
export const CIPHERS = [
  'aes128-cbc',
  'aes192-cbc',
  'aes256-cbc',
  'aes128-gcm',
  'aes192-gcm',
  'aes256-gcm',
  '3des',
] as const;
export type Cipher = (typeof CIPHERS)[number];

/** How the key of the content travels. OAEP uses its digest for the mask too. */
export const KEY_TRANSPORTS = ['pkcs1', 'oaep-sha1', 'oaep-sha256', 'oaep-sha384', 'oaep-sha512'] as const;
export type KeyTransport = (typeof KEY_TRANSPORTS)[number];

const DIGEST_OIDS: Readonly<Record<Digest, string>> = {
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
};

/** `<digest>WithRSAEncryption`; signers write these or `rsaEncryption`. */
export const RSA_SIGNATURE_OIDS: Readonly<Record<Digest, string>> = {
  sha1: '1.2.840.113549.1.1.5',
  sha256: '1.2.840.113549.1.1.11',
  sha384: '1.2.840.113549.1.1.12',
  sha512: '1.2.840.113549.1.1.13',
};

interface Facts {
  readonly oid: string;
  readonly keyBytes: number;
  readonly ivBytes: number;
}

/** What a cipher is made of; `name` is Node's. GCM has no block, for it does not pad. */
export type CipherFacts =
  | (Facts & { readonly name: string; readonly block: number })
  | (Facts & { readonly name: CipherGCMTypes; readonly block: null });

export const CIPHER_FACTS: Readonly<Record<Cipher, CipherFacts>> = {
  'aes128-cbc': { oid: '2.16.840.1.101.3.4.1.2', name: 'aes-128-cbc', keyBytes: 16, ivBytes: 16, block: 16 },
  'aes192-cbc': { oid: '2.16.840.1.101.3.4.1.22', name: 'aes-192-cbc', keyBytes: 24, ivBytes: 16, block: 16 },
  'aes256-cbc': { oid: '2.16.840.1.101.3.4.1.42', name: 'aes-256-cbc', keyBytes: 32, ivBytes: 16, block: 16 },
  'aes128-gcm': { oid: '2.16.840.1.101.3.4.1.6', name: 'aes-128-gcm', keyBytes: 16, ivBytes: 12, block: null },
  'aes192-gcm': { oid: '2.16.840.1.101.3.4.1.26', name: 'aes-192-gcm', keyBytes: 24, ivBytes: 12, block: null },
  'aes256-gcm': { oid: '2.16.840.1.101.3.4.1.46', name: 'aes-256-gcm', keyBytes: 32, ivBytes: 12, block: null },
  '3des': { oid: '1.2.840.113549.3.7', name: 'des-ede3-cbc', keyBytes: 24, ivBytes: 8, block: 8 },
};

/** The digest of an OID: of the digest itself or of a signature with it. */
export function digestByOid(oid: string): Digest | undefined {
  return DIGESTS.find((digest) => DIGEST_OIDS[digest] === oid || RSA_SIGNATURE_OIDS[digest] === oid);
}

export function cipherByOid(oid: string): Cipher | undefined {
  return CIPHERS.find((cipher) => CIPHER_FACTS[cipher].oid === oid);
}

export function digestIdentifier(digest: Digest): Buffer {
  return der.algorithm(DIGEST_OIDS[digest], digest === 'sha1' ? NULL : undefined);
}

function maskGenerator(digest: Digest): Buffer {
  return der.algorithm(OID.mgf1, der.algorithm(DIGEST_OIDS[digest], NULL));
}

/** RSASSA-PSS with a salt as long as the digest (RFC 4056). */
export function pssIdentifier(digest: Digest, saltBytes: number): Buffer {
  return der.algorithm(
    OID.rsaPss,
    der.sequence(
      der.explicit(0, der.algorithm(DIGEST_OIDS[digest], NULL)),
      der.explicit(1, maskGenerator(digest)),
      der.explicit(2, der.small(saltBytes)),
    ),
  );
}

/** RSAES-OAEP (RFC 4055); defaults are left out as DER wants. */
export function oaepIdentifier(digest: Digest): Buffer {
  const parameters =
    digest === 'sha1'
      ? []
      : [der.explicit(0, der.algorithm(DIGEST_OIDS[digest], NULL)), der.explicit(1, maskGenerator(digest))];
  return der.algorithm(OID.rsaOaep, der.sequence(...parameters));
}

/** The digest of an OAEP key transport; null for PKCS #1 v1.5. */
export function oaepDigest(transport: KeyTransport): Digest | null {
  switch (transport) {
    case 'pkcs1':
      return null;
    case 'oaep-sha1':
      return 'sha1';
    case 'oaep-sha256':
      return 'sha256';
    case 'oaep-sha384':
      return 'sha384';
    case 'oaep-sha512':
      return 'sha512';
  }
}

export const SALT_BYTES: Readonly<Record<Digest, number>> = { sha1: 20, sha256: 32, sha384: 48, sha512: 64 };

/** Bytes that a digest takes in at once. */
export const DIGEST_BLOCKS: Readonly<Record<Digest, number>> = { sha1: 64, sha256: 64, sha384: 128, sha512: 128 };
