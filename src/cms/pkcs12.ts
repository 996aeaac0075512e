import {
  createDecipheriv,
  createHmac,
  createPrivateKey,
  type KeyObject,
  pbkdf2Sync,
  timingSafeEqual,
} from 'node:crypto';
import { CIPHER_FACTS, cipherByOid, digestByOid } from './algorithms.ts';
import { type BerNode, child, octetsOf, oidOf, parseBer } from './ber.ts';
import { type Certificate, readCertificate } from './certificate.ts';
import { CmsFault } from './fault.ts';
import { OID } from './oids.ts';
import { smallNumber } from './parameters.ts';
import { pkcs12Key } from './pkcs12-key.ts';
import { constructed, TAG } from './tags.ts';

/** What a `.p12` or `.pfx` holds. */
export interface Pkcs12 {
  readonly keys: readonly KeyObject[];
  readonly certificates: readonly Certificate[];
}

/** More rounds only keep the machine busy. */
const MOST_ROUNDS = 10_000_000;

/**
 * Reads a PKCS #12 file (RFC 7292) encrypted with PBES2 and AES or 3DES, or in the old way with SHA-1 and 3DES. Throws
 * CmsFault: `key` when the password is wrong, `unsupported` for RC2.
 */
export function readPkcs12(bytes: Buffer, password: string): Pkcs12 {
  const file = parseBer(bytes);
  const info = child(file, 1, TAG.sequence);
  const safe = octetsOf(child(child(info, 1, constructed(0)), 0));
  const mac = file.children[2];
  if (mac !== undefined) checkMac(mac, safe, password);
  const keys: KeyObject[] = [];
  const certificates: Certificate[] = [];
  for (const part of parseBer(safe).children) {
    for (const bag of parseBer(contentsOf(part, password)).children) {
      const value = child(child(bag, 1, constructed(0)), 0);
      const type = oidOf(child(bag, 0));
      if (type === OID.certificateBag) certificates.push(...certificateOf(value));
      if (type === OID.keyBag) keys.push(createPrivateKey({ key: value.whole, format: 'der', type: 'pkcs8' }));
      if (type === OID.shroudedKeyBag) {
        const plain = decrypt(child(value, 0), octetsOf(child(value, 1)), password);
        keys.push(createPrivateKey({ key: plain, format: 'der', type: 'pkcs8' }));
      }
    }
  }
  return { keys, certificates };
}

function contentsOf(part: BerNode, password: string): Buffer {
  const type = oidOf(child(part, 0));
  const content = child(child(part, 1, constructed(0)), 0);
  if (type === OID.data) return octetsOf(content);
  if (type !== OID.encryptedData) throw new CmsFault('unsupported', 'A part of the file is of an unknown kind.');
  const encrypted = child(content, 1, TAG.sequence);
  return decrypt(child(encrypted, 1), octetsOf(child(encrypted, 2)), password);
}

function certificateOf(value: BerNode): readonly Certificate[] {
  if (oidOf(child(value, 0)) !== OID.x509Certificate) return [];
  return [readCertificate(octetsOf(child(child(value, 1, constructed(0)), 0)))];
}

function checkMac(mac: BerNode, safe: Buffer, password: string): void {
  const info = child(mac, 0);
  const digest = digestByOid(oidOf(child(child(info, 0), 0)));
  if (digest === undefined) throw new CmsFault('unsupported', 'The file is protected with an unknown digest.');
  const salt = octetsOf(child(mac, 1));
  const wanted = octetsOf(child(info, 1));
  const key = pkcs12Key({
    purpose: 3,
    digest,
    password,
    salt,
    rounds: roundsOf(mac.children[2]),
    bytes: wanted.length,
  });
  const computed = createHmac(digest, key).update(safe).digest();
  if (computed.length !== wanted.length || !timingSafeEqual(computed, wanted)) throw wrongPassword();
}

function decrypt(algorithm: BerNode, encrypted: Buffer, password: string): Buffer {
  const oid = oidOf(child(algorithm, 0));
  const parameters = child(algorithm, 1, TAG.sequence);
  const { name, key, iv } = oid === OID.pbes2 ? pbes2(parameters, password) : oldWay(oid, parameters, password);
  try {
    const decipher = createDecipheriv(name, key, iv);
    return Buffer.concat([decipher.update(encrypted), decipher.final()]);
  } catch (cause) {
    throw wrongPassword(cause);
  }
}

function pbes2(parameters: BerNode, password: string) {
  const [derivation, encryption] = [child(parameters, 0), child(parameters, 1)];
  const cipher = cipherByOid(oidOf(child(encryption, 0)));
  if (oidOf(child(derivation, 0)) !== OID.pbkdf2 || cipher === undefined) throw unknownEncryption();
  const facts = CIPHER_FACTS[cipher];
  const [salt, rounds, ...more] = child(derivation, 1).children;
  if (salt === undefined || facts.block === null) throw unknownEncryption();
  const random = more.find(({ tag }) => tag === TAG.sequence);
  const digest = hmacDigest(random === undefined ? OID.hmacSha1 : oidOf(child(random, 0)));
  const key = pbkdf2Sync(password, octetsOf(salt), roundsOf(rounds), facts.keyBytes, digest);
  return { name: facts.name, key, iv: octetsOf(child(encryption, 1)) };
}

function hmacDigest(oid: string): string {
  switch (oid) {
    case OID.hmacSha1:
      return 'sha1';
    case OID.hmacSha256:
      return 'sha256';
    case OID.hmacSha384:
      return 'sha384';
    case OID.hmacSha512:
      return 'sha512';
    default:
      throw unknownEncryption();
  }
}

function oldWay(oid: string, parameters: BerNode, password: string) {
  if (oid !== OID.pbeSha1TripleDes) throw unknownEncryption();
  const [salt, rounds] = [octetsOf(child(parameters, 0)), roundsOf(child(parameters, 1))];
  const derive = (purpose: 1 | 2, bytes: number): Buffer =>
    pkcs12Key({ purpose, digest: 'sha1', password, salt, rounds, bytes });
  return { name: 'des-ede3-cbc', key: derive(1, 24), iv: derive(2, 8) };
}

function roundsOf(node: BerNode | undefined): number {
  const rounds = node === undefined ? 1 : smallNumber(node);
  if (rounds < 1 || rounds > MOST_ROUNDS) throw new CmsFault('too-large', 'The file asks for too many rounds.');
  return rounds;
}

function unknownEncryption(): CmsFault {
  const remedy = 'Write it anew: openssl pkcs12 -legacy -in OLD -nodes | openssl pkcs12 -export -out NEW';
  return new CmsFault('unsupported', `The file is encrypted in a way that is not supported, such as RC2. ${remedy}`);
}

function wrongPassword(cause?: unknown): CmsFault {
  return new CmsFault('key', 'The password does not open the file.', { cause });
}
