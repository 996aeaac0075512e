import { constants, createCipheriv, publicEncrypt, randomBytes } from 'node:crypto';
import {
  CIPHER_FACTS,
  type Cipher,
  type CipherFacts,
  type KeyTransport,
  oaepDigest,
  oaepIdentifier,
} from './algorithms.ts';
import type { Certificate } from './certificate.ts';
import type { Content } from './content.ts';
import * as der from './der.ts';
import { type IdentifiedBy, identifierOfCertificate } from './identifier.ts';
import { OID } from './oids.ts';
import { constructed, primitive, TAG } from './tags.ts';

export interface EncryptOptions {
  readonly cipher: Cipher;
  readonly transport: KeyTransport;
  /** Each of them can open the message; at least one. */
  readonly recipients: readonly Certificate[];
  readonly identifiedBy: IdentifiedBy;
}

/** Bytes that are made while they are read, once; how many is known before. */
export interface Sized {
  readonly size: number;
  readonly chunks: AsyncIterable<Buffer>;
}

const TAG_BYTES = 16;

/** EnvelopedData (RFC 5652 6), or AuthEnvelopedData with GCM (RFC 5083), as DER of a ContentInfo. */
export function encryptContent(content: Content, options: EncryptOptions): Sized {
  const facts = CIPHER_FACTS[options.cipher];
  const gcm = facts.block === null;
  const [key, iv] = [randomBytes(facts.keyBytes), randomBytes(facts.ivBytes)];
  const length = facts.block === null ? content.size : content.size + facts.block - (content.size % facts.block);
  const version = der.small(gcm || options.identifiedBy === 'issuer' ? 0 : 2);
  const recipients = der.setOf(options.recipients.map((recipient) => recipientInfo(recipient, key, options)));
  const parameters = gcm ? der.sequence(der.octetString(iv), der.small(TAG_BYTES)) : der.octetString(iv);
  const type = Buffer.concat([der.oid(OID.data), der.algorithm(facts.oid, parameters)]);
  const encrypted = der.header(primitive(0), length);
  const info = der.header(TAG.sequence, type.length + encrypted.length + length);
  const mac = gcm ? der.octetString(Buffer.alloc(TAG_BYTES)).length : 0;
  const inside = version.length + recipients.length + info.length + type.length + encrypted.length + length + mac;
  const data = der.header(TAG.sequence, inside);
  const kind = der.oid(gcm ? OID.authEnvelopedData : OID.envelopedData);
  const wrapper = der.header(constructed(0), data.length + inside);
  const outer = der.header(TAG.sequence, kind.length + wrapper.length + data.length + inside);
  const head = Buffer.concat([outer, kind, wrapper, data, version, recipients, info, type, encrypted]);
  return { size: head.length + length + mac, chunks: produce(head, content, facts, key, iv) };
}

async function* produce(
  head: Buffer,
  content: Content,
  { name, block }: CipherFacts,
  key: Buffer,
  iv: Buffer,
): AsyncGenerator<Buffer> {
  yield head;
  if (block === null) {
    const cipher = createCipheriv(name, key, iv, { authTagLength: TAG_BYTES });
    for await (const chunk of content.chunks()) yield cipher.update(chunk);
    yield cipher.final();
    yield der.octetString(cipher.getAuthTag());
    return;
  }
  const cipher = createCipheriv(name, key, iv);
  for await (const chunk of content.chunks()) yield cipher.update(chunk);
  yield cipher.final();
}

function recipientInfo(recipient: Certificate, key: Buffer, { transport, identifiedBy }: EncryptOptions): Buffer {
  const digest = oaepDigest(transport);
  const padding = digest === null ? constants.RSA_PKCS1_PADDING : constants.RSA_PKCS1_OAEP_PADDING;
  const oaepHash = digest ?? undefined;
  const encryptedKey = publicEncrypt({ key: recipient.publicKey, padding, ...(oaepHash && { oaepHash }) }, key);
  return der.sequence(
    der.small(identifiedBy === 'issuer' ? 0 : 2),
    identifierOfCertificate(recipient, identifiedBy),
    digest === null ? der.algorithm(OID.rsaEncryption, der.NULL) : oaepIdentifier(digest),
    der.octetString(encryptedKey),
  );
}
