import type { Content, Keep } from '../../cms/content.ts';
import { digestsOf } from '../../cms/verify.ts';
import { requireCurrent } from './certificate-ends.ts';
import type { Mic } from './digest-names.ts';
import { writeDigest } from './digest-names.ts';
import { compressed, encrypted, multipartBody, signed } from './layers.ts';
import { toBase64 } from './mime/encoding.ts';
import { createEntity, type Entity } from './mime/entity.ts';
import { fileNameParameter } from './mime/file-name.ts';
import type { Header } from './mime/headers.ts';
import { writeName } from './names.ts';
import { chosen } from './rollover.ts';
import type { As2Agreement, Payload } from './types.ts';

export interface BuildTools {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** `<…@…>`, the same at every attempt. */
  readonly messageId: string;
  /** Gives a boundary that no content holds. */
  readonly boundary: () => string;
  readonly keep: Keep;
  /** Shown to the partner; no secret. */
  readonly subject: string;
}

/** A message ready to be posted, any number of times. */
export interface BuiltMessage {
  readonly messageId: string;
  readonly headers: readonly Header[];
  readonly body: Content;
  /** What the MDN must say, by the digest it names. */
  readonly mic: (digest: Mic['digest']) => Promise<Buffer>;
}

/**
 * Makes the message of one document or several: compressed, signed and encrypted as agreed. Throws RangeError when the
 * agreement has no certificate for it.
 */
export async function buildMessage(
  payloads: readonly Payload<Content>[],
  agreement: As2Agreement,
  tools: BuildTools,
): Promise<BuiltMessage> {
  const layer = (): Parameters<typeof signed>[4] => ({ ...tools, boundary: tools.boundary() });
  const { sign, encrypt, compress, encoding } = agreement;
  const plain = await payloadEntity(payloads, agreement, tools);
  let entity = compress === 'before-signing' ? await compressed(plain, encoding, layer()) : plain;
  let hashed = encrypt === null && compress === 'none' ? plain.body : plain.whole;
  if (sign !== null) {
    const signer = chosen(agreement.ourKeys, ({ certificate }) => certificate, tools.now);
    if (signer === undefined) throw new RangeError('There is no certificate of ours to sign with.');
    requireCurrent(signer.certificate, 'ours', agreement, tools.now);
    hashed = entity.whole;
    entity = await signed(entity, signer, sign, agreement, layer());
  }
  if (compress === 'after-signing') entity = await compressed(entity, encoding, layer());
  if (encrypt !== null) {
    const recipient = chosen(agreement.theirCertificates, (certificate) => certificate, tools.now);
    if (recipient === undefined) throw new RangeError('There is no certificate of the partner to encrypt to.');
    requireCurrent(recipient, 'theirs', agreement, tools.now);
    entity = await encrypted(entity, recipient, encrypt, agreement, layer());
  }
  return {
    messageId: tools.messageId,
    headers: [...messageHeaders(agreement, tools), ...entity.headers.all],
    body: entity.body,
    mic: digestsOf(hashed),
  };
}

async function payloadEntity(
  payloads: readonly Payload<Content>[],
  { encoding }: As2Agreement,
  { keep, boundary }: BuildTools,
): Promise<Entity> {
  const parts = await Promise.all(payloads.map((payload) => payloadPart(payload, encoding, keep)));
  const [first, second] = parts;
  if (first === undefined) throw new RangeError('A message needs a document.');
  if (second === undefined) return first;
  const line = boundary();
  const type = payloads[0]?.contentType ?? 'application/octet-stream';
  const value = `multipart/related; type="${type}"; boundary="${line}"`;
  return createEntity([{ name: 'Content-Type', value }], multipartBody(parts, line));
}

async function payloadPart(
  { fileName, contentType, body }: Payload<Content>,
  encoding: As2Agreement['encoding'],
  keep: Keep,
): Promise<Entity> {
  const disposition = fileName === null ? 'attachment' : `attachment; ${fileNameParameter(fileName)}`;
  const headers: readonly Header[] = [
    { name: 'Content-Type', value: contentType },
    { name: 'Content-Transfer-Encoding', value: encoding },
    { name: 'Content-Disposition', value: disposition },
  ];
  const written = encoding === 'base64' ? await keep(toBase64(body.chunks()), Number.MAX_SAFE_INTEGER) : body;
  return createEntity(headers, written);
}

function messageHeaders(agreement: As2Agreement, { messageId, now, subject }: BuildTools): readonly Header[] {
  const { ours, theirs, mdn, sign, digestNames } = agreement;
  const headers: Header[] = [
    { name: 'AS2-Version', value: '1.2' },
    { name: 'AS2-From', value: writeName(ours) },
    { name: 'AS2-To', value: writeName(theirs) },
    { name: 'Message-ID', value: messageId },
    { name: 'Subject', value: subject.replace(/[^ -~]/g, '_') },
    { name: 'Date', value: new Date(now).toUTCString() },
    { name: 'MIME-Version', value: '1.0' },
    { name: 'EDIINT-Features', value: 'multiple-attachments, AS2-Reliability' },
  ];
  if (mdn.mode === 'none') return headers;
  headers.push({ name: 'Disposition-Notification-To', value: writeName(ours) });
  if (mdn.signed) {
    // Exactly one: the MIC must be of the digest that signs.
    const digest = writeDigest(sign?.digest ?? 'sha256', digestNames);
    const value = `signed-receipt-protocol=required, pkcs7-signature; signed-receipt-micalg=required, ${digest}`;
    headers.push({ name: 'Disposition-Notification-Options', value });
  }
  if (mdn.mode === 'async' && mdn.url !== null) headers.push({ name: 'Receipt-Delivery-Option', value: mdn.url });
  return headers;
}
