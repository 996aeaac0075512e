import assert from 'node:assert/strict';
import type { Digest } from '../../../src/cms/algorithms.ts';
import type { Certificate } from '../../../src/cms/certificate.ts';
import { type Content, contentOf, gather, type Keep } from '../../../src/cms/content.ts';
import { type OwnKey, openEnveloped } from '../../../src/cms/decrypt.ts';
import { type EncryptOptions, encryptContent } from '../../../src/cms/encrypt.ts';
import { CmsFault, type CmsFaultKind } from '../../../src/cms/fault.ts';
import { type SignOptions, signData } from '../../../src/cms/sign.ts';
import { digestsOf, readSigned, type VerifiedSigner, verifySigners } from '../../../src/cms/verify.ts';

/** Keeps everything in memory. */
export const inMemory: Keep = async (chunks) => contentOf(await gather(chunks));

/** A content of three bytes a piece, as a slow disk might give it. */
export function inPieces(bytes: Buffer): Content {
  const whole = contentOf(bytes);
  return {
    ...whole,
    async *chunks(start = 0, end = bytes.length) {
      for (let at = start; at < end; at += 3) yield bytes.subarray(at, Math.min(at + 3, end));
    },
  };
}

export async function encrypted(
  bytes: Buffer,
  options: Partial<EncryptOptions> & { readonly recipients: readonly Certificate[] },
): Promise<Buffer> {
  const { size, chunks } = encryptContent(contentOf(bytes), {
    cipher: 'aes256-cbc',
    transport: 'pkcs1',
    identifiedBy: 'issuer',
    ...options,
  });
  const message = await gather(chunks);
  assert.equal(message.length, size, 'the size was known before');
  return message;
}

export async function decrypted(message: Buffer | Content, ...keys: readonly OwnKey[]): Promise<Buffer> {
  const { plain } = await openEnveloped(Buffer.isBuffer(message) ? contentOf(message) : message, keys);
  return gather(plain);
}

export async function signature(bytes: Buffer, signer: OwnKey, options: Partial<SignOptions> = {}): Promise<Buffer> {
  const digest: Digest = options.digest ?? 'sha256';
  return signData({
    contentDigest: await digestsOf(contentOf(bytes))(digest),
    digest,
    scheme: 'pkcs1',
    certificate: signer.certificate,
    key: signer.key,
    identifiedBy: 'issuer',
    include: [signer.certificate],
    signingTime: Date.UTC(2026, 10, 28),
    algorithmProtection: true,
    content: null,
    ...options,
  });
}

/** Checks SignedData; `detached` is the content where the message does not carry it. */
export async function verified(
  message: Buffer,
  detached: Buffer | null,
  ...expected: readonly Certificate[]
): Promise<VerifiedSigner & { readonly content: Buffer }> {
  const { content, signers } = await readSigned(contentOf(message));
  const bytes = detached ?? (content === null ? assert.fail('there is no content') : await gather(content));
  const whole = contentOf(bytes);
  return { ...(await verifySigners(signers, whole, digestsOf(whole), expected)), content: bytes };
}

/** For assert.rejects: a fault of that kind. */
export function fault(kind: CmsFaultKind): (error: unknown) => boolean {
  return (error) => error instanceof CmsFault && error.kind === kind;
}
