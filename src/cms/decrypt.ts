import { createDecipheriv, type Decipheriv, type KeyObject, randomBytes } from 'node:crypto';
import { CIPHER_FACTS, type Cipher, cipherByOid, type KeyTransport } from './algorithms.ts';
import { type BerNode, child, octetsOf, oidOf } from './ber.ts';
import type { Certificate } from './certificate.ts';
import type { Content } from './content.ts';
import { type Cursor, createCursor } from './cursor.ts';
import * as der from './der.ts';
import { CmsFault } from './fault.ts';
import { identifies } from './identifier.ts';
import { OID } from './oids.ts';
import { keyTransportOf, smallNumber } from './parameters.ts';
import { openBytes } from './private-keys.ts';
import { constructed, primitive, TAG } from './tags.ts';

/** A certificate of ours with its key. */
export interface OwnKey {
  readonly certificate: Certificate;
  readonly key: KeyObject;
}

/** A message that was encrypted to one of our certificates. */
export interface Opened {
  readonly cipher: Cipher;
  readonly transport: KeyTransport;
  /** Which of ours it was encrypted to. */
  readonly certificate: Certificate;
  /**
   * The content; to be used only when all of it has come. Throws CmsFault of kind `key` at its end when it cannot be opened,
   * whatever the reason.
   */
  readonly plain: AsyncIterable<Buffer>;
}

/** GCM with a shorter tag is too easily forged. */
const SHORTEST_TAG = 12;
const LONGEST_TAG = 16;

/** Opens EnvelopedData or AuthEnvelopedData, DER or BER. Throws CmsFault: `key` when it was encrypted to nobody of ours. */
export async function openEnveloped(content: Content, keys: readonly OwnKey[]): Promise<Opened> {
  const { recipients, cipher, iv, encrypted, tag, attributes } = await readEnveloped(content);
  const { recipient, own } = recipientOf(recipients, keys);
  const transport = keyTransportOf(child(recipient, 2, TAG.sequence));
  const facts = CIPHER_FACTS[cipher];
  const opened = await openBytes(octetsOf(child(recipient, 3)), transport, own.key);
  // A key that could not be opened is one that opens nothing: the partner must not learn at which step it failed.
  const key = opened?.length === facts.keyBytes ? opened : randomBytes(facts.keyBytes);
  return { cipher, transport, certificate: own.certificate, plain: plain(encrypted, decipher()) };

  function decipher(): Decipheriv {
    if (facts.block !== null) return createDecipheriv(facts.name, key, iv);
    const gcm = createDecipheriv(facts.name, key, iv, { authTagLength: tag.length });
    if (attributes !== null) gcm.setAAD(der.retagged(TAG.set, attributes.whole));
    return gcm.setAuthTag(tag);
  }
}

async function* plain(encrypted: AsyncIterable<Buffer>, decipher: Decipheriv): AsyncGenerator<Buffer> {
  for await (const chunk of encrypted) yield decipher.update(chunk);
  try {
    yield decipher.final();
  } catch (cause) {
    throw new CmsFault('key', 'The message cannot be decrypted with our key.', { cause });
  }
}

interface Enveloped {
  readonly recipients: readonly BerNode[];
  readonly cipher: Cipher;
  readonly iv: Buffer;
  readonly encrypted: AsyncIterable<Buffer>;
  /** Empty but for GCM. */
  readonly tag: Buffer;
  readonly attributes: BerNode | null;
}

async function readEnveloped(content: Content): Promise<Enveloped> {
  const cursor = createCursor(content);
  await cursor.enter(TAG.sequence);
  const type = oidOf(await cursor.take());
  if (type !== OID.envelopedData && type !== OID.authEnvelopedData) {
    throw new CmsFault('malformed', 'The message is not EnvelopedData.');
  }
  await cursor.enter(constructed(0));
  await cursor.enter(TAG.sequence);
  await cursor.take();
  if ((await cursor.next()) === constructed(0)) await cursor.take();
  const recipients = (await cursor.take()).children;
  const { algorithm, encrypted } = await cursor.inside(TAG.sequence, () => encryptedContent(cursor));
  const cipher = cipherByOid(oidOf(child(algorithm, 0)));
  if (cipher === undefined) throw new CmsFault('unsupported', 'The message is encrypted with an unknown cipher.');
  const authenticated = CIPHER_FACTS[cipher].block === null;
  if (authenticated !== (type === OID.authEnvelopedData)) {
    throw new CmsFault('malformed', 'The cipher does not fit the kind of message.');
  }
  if (!authenticated)
    return { recipients, cipher, iv: ivOf(algorithm, cipher), encrypted, tag: Buffer.alloc(0), attributes: null };
  const attributes = (await cursor.next()) === constructed(1) ? await cursor.take() : null;
  const tag = octetsOf(await cursor.take());
  if (tag.length !== tagBytes(algorithm))
    throw new CmsFault('malformed', 'The authentication tag is not as long as said.');
  return { recipients, cipher, iv: nonceOf(algorithm), encrypted, tag, attributes };
}

async function encryptedContent(cursor: Cursor) {
  await cursor.take();
  const algorithm = await cursor.take();
  const tag = await cursor.next();
  if (tag !== primitive(0) && tag !== constructed(0)) throw new CmsFault('malformed', 'Nothing is encrypted.');
  return { algorithm, encrypted: await cursor.octets() };
}

function ivOf(algorithm: BerNode, cipher: Cipher): Buffer {
  const iv = child(algorithm, 1, TAG.octetString).content;
  if (iv.length !== CIPHER_FACTS[cipher].ivBytes) throw new CmsFault('malformed', 'The initial vector is too short.');
  return iv;
}

function nonceOf(algorithm: BerNode): Buffer {
  const nonce = child(child(algorithm, 1, TAG.sequence), 0, TAG.octetString).content;
  if (nonce.length === 0 || nonce.length > 64) throw new CmsFault('malformed', 'The nonce has no usable length.');
  return nonce;
}

function tagBytes(algorithm: BerNode): number {
  const length = child(algorithm, 1, TAG.sequence).children[1];
  const bytes = length === undefined ? SHORTEST_TAG : smallNumber(length);
  if (bytes < SHORTEST_TAG || bytes > LONGEST_TAG) {
    throw new CmsFault('unsupported', 'The authentication tag is too short to be trusted.');
  }
  return bytes;
}

function recipientOf(recipients: readonly BerNode[], keys: readonly OwnKey[]) {
  for (const recipient of recipients) {
    // Other kinds than key transport are tagged.
    if (recipient.tag !== TAG.sequence) continue;
    const identifier = child(recipient, 1);
    const own = keys.find(({ certificate }) => identifies(identifier, certificate));
    if (own !== undefined) return { recipient, own };
  }
  throw new CmsFault('key', 'The message is not encrypted to a certificate of ours.');
}
