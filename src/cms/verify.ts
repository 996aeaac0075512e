import { constants, createHash, createVerify, timingSafeEqual, verify } from 'node:crypto';
import { type Digest, digestByOid, RSA_SIGNATURE_OIDS } from './algorithms.ts';
import { type BerNode, child, octetsOf, oidOf, toDer } from './ber.ts';
import type { Certificate } from './certificate.ts';
import type { Content } from './content.ts';
import { type Cursor, createCursor } from './cursor.ts';
import * as der from './der.ts';
import { CmsFault } from './fault.ts';
import { identifies } from './identifier.ts';
import { OID } from './oids.ts';
import { pssParameters } from './parameters.ts';
import { constructed, TAG } from './tags.ts';

/** SignedData, opened up to its content. */
export interface SignedData {
  /** Of an opaque signature; null when the content stands elsewhere. */
  readonly content: AsyncIterable<Buffer> | null;
  /** As they lie in the message: nobody vouches for them. */
  readonly certificates: readonly Buffer[];
  readonly signers: readonly BerNode[];
}

/** Who signed, and how. */
export interface VerifiedSigner {
  readonly certificate: Certificate;
  readonly digest: Digest;
  readonly scheme: 'pkcs1' | 'pss';
}

/** A digest of some content, computed once for each algorithm. */
export type DigestOf = (digest: Digest) => Promise<Buffer>;

/** Reads SignedData (RFC 5652 5), DER or BER. Throws CmsFault. */
export async function readSigned(content: Content): Promise<SignedData> {
  const cursor = createCursor(content);
  await cursor.enter(TAG.sequence);
  if (oidOf(await cursor.take()) !== OID.signedData) throw new CmsFault('malformed', 'The message is no SignedData.');
  await cursor.enter(constructed(0));
  await cursor.enter(TAG.sequence);
  await cursor.take();
  await cursor.take();
  const inner = await encapsulated(cursor);
  const certificates: Buffer[] = [];
  const signers: BerNode[] = [];
  for (let tag = await cursor.next(); tag !== null; tag = await cursor.next()) {
    const part = await cursor.take();
    if (tag === constructed(0)) certificates.push(...part.children.map((one) => one.whole));
    if (tag === TAG.set) signers.push(...part.children);
  }
  return { content: inner, certificates, signers };
}

/** Hashes of a content. */
export function digestsOf(content: Content): DigestOf {
  const known = new Map<Digest, Promise<Buffer>>();
  const compute = async (digest: Digest): Promise<Buffer> => {
    const hash = createHash(digest);
    for await (const chunk of content.chunks()) hash.update(chunk);
    return hash.digest();
  };
  return (digest) => {
    const digested = known.get(digest) ?? compute(digest);
    known.set(digest, digested);
    return digested;
  };
}

/**
 * Checks the signatures of those signers that are among the expected certificates; every one of these must be right, and
 * there must be one. What the message itself carries as certificates counts for nothing. Throws CmsFault: `signer` when no
 * expected one signed or a signature is wrong, `digest` when the content differs from what was signed. Of several signers it
 * answers the one whose certificate lasts longest.
 */
export async function verifySigners(
  signers: readonly BerNode[],
  content: Content,
  digestOf: DigestOf,
  expected: readonly Certificate[],
): Promise<VerifiedSigner> {
  let verified: VerifiedSigner | null = null;
  for (const signer of signers) {
    const identifier = child(signer, 1);
    const certificate = expected.find((one) => identifies(identifier, one));
    if (certificate === undefined) continue;
    const one = await verifySigner(signer, content, digestOf, certificate);
    if (verified === null || certificate.validTo > verified.certificate.validTo) verified = one;
  }
  if (verified === null) throw new CmsFault('signer', 'None of the expected certificates signed the message.');
  return verified;
}

async function verifySigner(
  signer: BerNode,
  content: Content,
  digestOf: DigestOf,
  certificate: Certificate,
): Promise<VerifiedSigner> {
  const digest = digestByOid(oidOf(child(child(signer, 2), 0)));
  if (digest === undefined) throw new CmsFault('unsupported', 'The signature uses an unknown digest.');
  const attributes = signer.children[3]?.tag === constructed(0) ? signer.children[3] : null;
  const algorithm = child(signer, attributes === null ? 3 : 4, TAG.sequence);
  const signature = octetsOf(child(signer, attributes === null ? 4 : 5));
  const method = signatureMethod(algorithm, digest);
  const key = { key: certificate.publicKey, ...method.options };
  if (attributes === null) {
    const verifier = createVerify(digest);
    for await (const chunk of content.chunks()) verifier.update(chunk);
    // Without attributes a changed content and a wrong key look the same.
    if (!verifier.verify(key, signature)) throw new CmsFault('digest', 'The content is not what was signed.');
    return { certificate, digest, scheme: method.scheme };
  }
  const right = signedForms(attributes).some((bytes) => verify(digest, bytes, key, signature));
  if (!right) throw new CmsFault('signer', `The signature was not made with the key of ${certificate.subject}.`);
  const values = attributeValues(attributes);
  const signedDigest = values.get(OID.messageDigest);
  if (values.get(OID.contentType) === undefined || signedDigest === undefined) {
    throw new CmsFault('malformed', 'The signature does not cover type and digest of the content.');
  }
  checkProtection(values.get(OID.algorithmProtection), signer, algorithm);
  const [claimed, computed] = [octetsOf(signedDigest), await digestOf(digest)];
  if (claimed.length !== computed.length || !timingSafeEqual(claimed, computed)) {
    throw new CmsFault('digest', 'The content is not what was signed.');
  }
  return { certificate, digest, scheme: method.scheme };
}

/** What was signed is the DER of the set; some sign what they wrote, though it is no DER. */
function signedForms(attributes: BerNode): readonly Buffer[] {
  const written = der.retagged(TAG.set, attributes.whole);
  const sorted = der.setOf(attributes.children.map(toDer));
  return written.equals(sorted) ? [written] : [sorted, written];
}

function attributeValues(attributes: BerNode): ReadonlyMap<string, BerNode> {
  const values = new Map<string, BerNode>();
  for (const attribute of attributes.children) {
    const type = oidOf(child(attribute, 0));
    if (values.has(type)) throw new CmsFault('malformed', 'A signed attribute stands twice.');
    values.set(type, child(child(attribute, 1, TAG.set), 0));
  }
  return values;
}

/** RFC 6211: the algorithms that were signed must be those of the signer. */
function checkProtection(protection: BerNode | undefined, signer: BerNode, algorithm: BerNode): void {
  if (protection === undefined) return;
  const [digest, signature] = [child(protection, 0), child(protection, 1)];
  const same =
    oidOf(child(digest, 0)) === oidOf(child(child(signer, 2), 0)) &&
    oidOf(child(signature, 0)) === oidOf(child(algorithm, 0));
  if (!same) throw new CmsFault('signer', 'The signature was made with other algorithms than it names.');
}

function signatureMethod(algorithm: BerNode, digest: Digest) {
  const oid = oidOf(child(algorithm, 0));
  if (oid === OID.rsaEncryption || oid === RSA_SIGNATURE_OIDS[digest]) {
    return { scheme: 'pkcs1', options: { padding: constants.RSA_PKCS1_PADDING } } as const;
  }
  if (oid === OID.rsaPss) {
    const { digest: named, saltBytes } = pssParameters(algorithm.children[1]);
    if (named === digest) {
      return { scheme: 'pss', options: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: saltBytes } } as const;
    }
  }
  throw new CmsFault('unsupported', `The signature uses an algorithm that is not supported (${oid}).`);
}

/** EncapsulatedContentInfo: any type of content, with or without the content. */
async function encapsulated(cursor: Cursor): Promise<AsyncIterable<Buffer> | null> {
  return cursor.inside(TAG.sequence, async () => {
    await cursor.take();
    if ((await cursor.next()) === null) return null;
    return cursor.inside(constructed(0), () => cursor.octets());
  });
}
