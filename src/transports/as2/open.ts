import type { Cipher, Digest, KeyTransport } from '../../cms/algorithms.ts';
import type { Certificate } from '../../cms/certificate.ts';
import { inflateContent } from '../../cms/compress.ts';
import type { Content, Keep } from '../../cms/content.ts';
import { type OwnKey, openEnveloped } from '../../cms/decrypt.ts';
import { CmsFault } from '../../cms/fault.ts';
import { kindOfMessage } from '../../cms/kind.ts';
import { type DigestOf, digestsOf, readSigned, type SignedData, verifySigners } from '../../cms/verify.ts';
import { messageOf } from '../../errors.ts';
import type { ErrorModifier } from './disposition.ts';
import { As2Failure } from './failure.ts';
import { decoded, encodingOf } from './mime/encoding.ts';
import { type Entity, readEntity } from './mime/entity.ts';
import { fileNameOf } from './mime/file-name.ts';
import { createHeaders } from './mime/headers.ts';
import { readMultipart } from './mime/multipart.ts';
import { parseParameters } from './mime/parameters.ts';
import type { As2Limits, Payload } from './types.ts';

/** What opening a message needs. */
export interface OpenTools {
  /** Ours, all of them that may have been encrypted to. */
  readonly keys: readonly OwnKey[];
  /** The partner's, all of them that may have signed. */
  readonly signers: readonly Certificate[];
  readonly limits: As2Limits;
  readonly keep: Keep;
}

/** How a message was protected, found while it was opened. */
export interface Protection {
  readonly encrypted: { readonly cipher: Cipher; readonly transport: KeyTransport } | null;
  readonly signed: {
    readonly digest: Digest;
    readonly scheme: 'pkcs1' | 'pss';
    readonly certificate: Certificate;
  } | null;
  readonly compressed: boolean;
}

/** A message without its layers. */
export interface OpenedMessage extends Protection {
  /** One document or several, still in their transfer encoding's plain bytes. */
  readonly payloads: readonly Payload<Content>[];
  /** The MIC, by digest: over what was signed; else over the part with its headers; of a plain message over its body. */
  readonly mic: DigestOf;
}

interface State {
  entity: Entity;
  /** What a MIC is over so far; null while nothing has been unwrapped. */
  hashed: Content | null;
  encrypted: Protection['encrypted'];
  signed: Protection['signed'];
  compressed: boolean;
}

/** Takes off the layers of a message in whatever order they are. Throws As2Failure with what the partner is to be told. */
export async function openMessage(outer: Entity, tools: OpenTools): Promise<OpenedMessage> {
  const state: State = { entity: outer, hashed: null, encrypted: null, signed: null, compressed: false };
  while (await openLayer(state, tools));
  const { entity, encrypted, signed, compressed } = state;
  const hashed = state.hashed ?? (encrypted !== null || compressed ? entity.whole : entity.body);
  return {
    payloads: await payloadsOf(entity, tools),
    mic: digestsOf(hashed),
    encrypted,
    signed,
    compressed,
  };
}

/** Takes off one layer; false when there is none. */
async function openLayer(state: State, tools: OpenTools): Promise<boolean> {
  const { value, parameters } = parseParameters(state.entity.headers.get('content-type') ?? '');
  if (value === 'multipart/signed') {
    await openSigned(state, parameters.get('boundary') ?? '', tools);
    return true;
  }
  if (!/^application\/(x-)?pkcs7-mime$/.test(value)) return false;
  // The outermost structure tells; smime-type is often missing, and sometimes wrong.
  const message = await messageBytes(state.entity, tools).catch((cause: unknown) => {
    throw refused('unexpected-processing-error', 'The body is not in its transfer encoding.', cause);
  });
  switch (await kindOfMessage(message)) {
    case 'enveloped':
      await openEncrypted(state, message, tools);
      return true;
    case 'compressed':
      await openCompressed(state, message, tools);
      return true;
    case 'signed':
      await openOpaque(state, message, tools);
      return true;
    default:
      // What should be an envelope and is none can be nothing but a broken envelope.
      throw refused('decryption-failed', 'The body is no CMS message.');
  }
}

async function openEncrypted(state: State, message: Content, { keys, keep, limits }: OpenTools): Promise<void> {
  if (state.encrypted !== null || state.signed !== null || state.compressed) {
    throw refused('unexpected-processing-error', 'Encryption is not the outermost layer of the message.');
  }
  try {
    const { cipher, transport, plain } = await openEnveloped(message, keys);
    const whole = await keep(plain, limits.message);
    const entity = await decryptedEntity(whole, state.entity);
    if (entity === null) throw new CmsFault('key', 'What was decrypted is no message.');
    state.encrypted = { cipher, transport };
    state.entity = entity;
  } catch (cause) {
    // One answer for every reason: whoever tries keys must not learn how far a try came.
    throw refused('decryption-failed', messageOf(cause), cause);
  }
}

/**
 * What was encrypted: a part with its headers. Some senders encrypt the bare document, with or without an empty line before it;
 * only what is plainly one is taken for it, since a wrong key gives bytes that may begin with a line break too.
 */
async function decryptedEntity(whole: Content, outer: Entity): Promise<Entity | null> {
  const entity = await readEntity(whole);
  if (entity !== null && entity.headers.all.length > 0) return entity;
  const body = entity?.body ?? whole;
  if (!(await isPlainlyDocument(body))) return null;
  const kept = outer.headers.all.filter(({ name }) => name.toLowerCase() === 'content-disposition');
  return { headers: createHeaders(kept.filter(({ value }) => !/smime\.p7/i.test(value))), whole, body };
}

async function isPlainlyDocument(body: Content): Promise<boolean> {
  const start = (await body.bytes(0, 9)).toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '');
  return /^(?:ISA|UNA|UNB|<\?xml)/.test(start);
}

async function openCompressed(state: State, message: Content, { keep, limits }: OpenTools): Promise<void> {
  if (state.compressed) throw refused('decompression-failed', 'The message is compressed twice.');
  try {
    const whole = await keep(await inflateContent(message, limits.inflate), limits.message);
    const entity = await readEntity(whole);
    if (entity === null) throw new CmsFault('malformed', 'What was compressed is no message.');
    state.compressed = true;
    state.entity = entity;
  } catch (cause) {
    throw refused('decompression-failed', messageOf(cause), cause);
  }
}

async function openSigned(state: State, boundary: string, tools: OpenTools): Promise<void> {
  const parts = await readMultipart(state.entity.body, boundary);
  const [content, attachment, more] = parts ?? [];
  const signature = attachment === undefined ? null : await readEntity(attachment);
  const entity = content === undefined ? null : await readEntity(content);
  if (entity === null || signature === null || more !== undefined) {
    throw refused('authentication-failed', 'The signed message has not exactly a content and a signature.');
  }
  const verified = await verifying(async () => readSigned(await messageBytes(signature, tools)));
  await verify(state, verified, entity, tools);
}

async function openOpaque(state: State, message: Content, tools: OpenTools): Promise<void> {
  const signed = await verifying(() => readSigned(message));
  if (signed.content === null) throw refused('authentication-failed', 'The signature has no content.');
  const whole = await tools.keep(signed.content, tools.limits.message);
  const entity = await readEntity(whole);
  if (entity === null) throw refused('authentication-failed', 'What was signed is no message.');
  await verify(state, signed, entity, tools);
}

async function verify(state: State, { signers }: SignedData, entity: Entity, tools: OpenTools): Promise<void> {
  if (state.signed !== null) throw refused('unexpected-processing-error', 'The message is signed twice.');
  const digests = digestsOf(entity.whole);
  state.signed = await verifying(() => verifySigners(signers, entity.whole, digests, tools.signers));
  state.entity = entity;
  state.hashed = entity.whole;
}

async function verifying<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    if (cause instanceof As2Failure) throw cause;
    const changed = cause instanceof CmsFault && cause.kind === 'digest';
    throw refused(changed ? 'integrity-check-failed' : 'authentication-failed', messageOf(cause), cause);
  }
}

/** The bytes of a CMS message, out of their transfer encoding. */
async function messageBytes({ headers, body }: Entity, { keep, limits }: OpenTools): Promise<Content> {
  const named = headers.get('content-transfer-encoding');
  const encoding = encodingOf(named);
  if (encoding === null) throw new RangeError(`The transfer encoding "${named}" is not known.`);
  // Base64 of a structure begins like this; some senders do not say so.
  const silent = encoding === 'binary' && (await body.bytes(0, 2)).toString('latin1') === 'MI';
  if (encoding === 'binary' && !silent) return body;
  return keep(decoded(body, silent ? 'base64' : encoding), limits.message);
}

async function payloadsOf(entity: Entity, tools: OpenTools): Promise<readonly Payload<Content>[]> {
  const { value, parameters } = parseParameters(entity.headers.get('content-type') ?? 'application/octet-stream');
  if (value !== 'multipart/related' && value !== 'multipart/mixed') return [await payloadOf(entity, value, tools)];
  const parts = await readMultipart(entity.body, parameters.get('boundary') ?? '');
  if (parts === null || parts.length === 0) {
    throw refused('unexpected-processing-error', 'The parts of the message are not closed by its boundary.');
  }
  const payloads: Payload<Content>[] = [];
  for (const part of parts) {
    const inner = await readEntity(part);
    if (inner === null) throw refused('unexpected-processing-error', 'A part of the message has no readable headers.');
    const type = parseParameters(inner.headers.get('content-type') ?? 'application/octet-stream').value;
    payloads.push(await payloadOf(inner, type, tools));
  }
  return payloads;
}

async function payloadOf(entity: Entity, contentType: string, { keep, limits }: OpenTools): Promise<Payload<Content>> {
  const { headers, body } = entity;
  const encoding = encodingOf(headers.get('content-transfer-encoding'));
  if (encoding === null) throw refused('unexpected-processing-error', 'The transfer encoding of a part is not known.');
  const fileName = fileNameOf(headers);
  if (encoding === 'binary') return { fileName, contentType, body };
  try {
    return { fileName, contentType, body: await keep(decoded(body, encoding), limits.message) };
  } catch (cause) {
    throw refused('unexpected-processing-error', 'A part is not in its transfer encoding.', cause);
  }
}

function refused(modifier: ErrorModifier, what: string, cause?: unknown): As2Failure {
  return new As2Failure({ type: 'processed/error', modifier }, what, { cause });
}
