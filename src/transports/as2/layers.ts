import type { Certificate } from '../../cms/certificate.ts';
import { compressContent } from '../../cms/compress.ts';
import { type Content, contentOf, type Keep } from '../../cms/content.ts';
import type { OwnKey } from '../../cms/decrypt.ts';
import { encryptContent, type Sized } from '../../cms/encrypt.ts';
import { signData } from '../../cms/sign.ts';
import { digestsOf } from '../../cms/verify.ts';
import { writeDigest } from './digest-names.ts';
import { base64Lines, toBase64 } from './mime/encoding.ts';
import { createEntity, type Entity, joined } from './mime/entity.ts';
import type { Header } from './mime/headers.ts';
import type { As2Agreement } from './types.ts';

/** What making a layer needs from outside. */
export interface LayerTools {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** A text that no content holds. */
  readonly boundary: string;
  readonly keep: Keep;
}

/** multipart/signed around a part, which goes out exactly as it was signed. */
export async function signed(
  part: Entity,
  signer: OwnKey,
  sign: NonNullable<As2Agreement['sign']>,
  style: Pick<As2Agreement, 'identifiedBy' | 'algorithmProtection' | 'digestNames'>,
  { now, boundary }: LayerTools,
): Promise<Entity> {
  const signature = await signData({
    contentDigest: await digestsOf(part.whole)(sign.digest),
    ...sign,
    ...signer,
    identifiedBy: style.identifiedBy,
    include: [signer.certificate],
    signingTime: now,
    algorithmProtection: style.algorithmProtection,
    content: null,
  });
  const attachment = createEntity(
    [
      { name: 'Content-Type', value: 'application/pkcs7-signature; name=smime.p7s; smime-type=signed-data' },
      { name: 'Content-Transfer-Encoding', value: 'base64' },
      { name: 'Content-Disposition', value: 'attachment; filename=smime.p7s' },
    ],
    contentOf(base64Lines(signature)),
  );
  const micalg = writeDigest(sign.digest, style.digestNames);
  const type = `multipart/signed; protocol="application/pkcs7-signature"; micalg=${micalg}; boundary="${boundary}"`;
  return createEntity([{ name: 'Content-Type', value: type }], multipartBody([part, attachment], boundary));
}

/** The body of a multipart: parts between boundary lines, nothing before or behind. */
export function multipartBody(parts: readonly Entity[], boundary: string): Content {
  const line = (text: string): Content => contentOf(Buffer.from(text));
  return joined([
    ...parts.flatMap((part, index) => [line(`${index === 0 ? '' : '\r\n'}--${boundary}\r\n`), part.whole]),
    line(`\r\n--${boundary}--\r\n`),
  ]);
}

/** application/pkcs7-mime around a part, encrypted to the partner. */
export async function encrypted(
  part: Entity,
  recipient: Certificate,
  encrypt: NonNullable<As2Agreement['encrypt']>,
  { identifiedBy, encoding }: Pick<As2Agreement, 'identifiedBy' | 'encoding'>,
  { keep }: LayerTools,
): Promise<Entity> {
  const message = encryptContent(part.whole, { ...encrypt, recipients: [recipient], identifiedBy });
  const type = encrypt.cipher.endsWith('gcm') ? 'authEnveloped-data' : 'enveloped-data';
  return envelope(message, type, 'smime.p7m', encoding, keep);
}

/** application/pkcs7-mime around a part, compressed. */
export async function compressed(
  part: Entity,
  encoding: As2Agreement['encoding'],
  { keep }: LayerTools,
): Promise<Entity> {
  return envelope(await compressContent(part.whole, keep), 'compressed-data', 'smime.p7z', encoding, keep);
}

async function envelope(
  message: Sized,
  type: string,
  name: string,
  encoding: As2Agreement['encoding'],
  keep: Keep,
): Promise<Entity> {
  const headers: readonly Header[] = [
    { name: 'Content-Type', value: `application/pkcs7-mime; smime-type=${type}; name=${name}` },
    { name: 'Content-Transfer-Encoding', value: encoding },
    { name: 'Content-Disposition', value: `attachment; filename=${name}` },
  ];
  const chunks = encoding === 'base64' ? toBase64(message.chunks) : message.chunks;
  return createEntity(headers, await keep(chunks, Number.MAX_SAFE_INTEGER));
}
