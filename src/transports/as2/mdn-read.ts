import { timingSafeEqual } from 'node:crypto';
import type { Digest } from '../../cms/algorithms.ts';
import type { Certificate } from '../../cms/certificate.ts';
import { contentOf, gather } from '../../cms/content.ts';
import { digestsOf, readSigned, verifySigners } from '../../cms/verify.ts';
import { messageOf } from '../../errors.ts';
import { refused } from './certificate-ends.ts';
import { readDigest, readMic } from './digest-names.ts';
import { readDisposition } from './disposition.ts';
import { decoded, encodingOf } from './mime/encoding.ts';
import { type Entity, readEntity } from './mime/entity.ts';
import { type Headers, parseHeaders } from './mime/headers.ts';
import { readMultipart } from './mime/multipart.ts';
import { parseParameters } from './mime/parameters.ts';
import type { As2Agreement } from './types.ts';

/** What a sent message waits for. */
export interface Expected {
  readonly messageId: string;
  readonly mic: (digest: Digest) => Promise<Buffer>;
  /** A signed MDN was asked for. */
  readonly signed: boolean;
  readonly signers: readonly Certificate[];
  readonly legacy: readonly ('sha1' | '3des')[];
}

/** What the MDN of a message must be, by the agreement it is sent under, when it comes now. */
export function expectedOf(
  { messageId, mic }: Pick<Expected, 'messageId' | 'mic'>,
  agreement: As2Agreement,
  now: number,
): Expected {
  const { mdn, theirCertificates, legacy } = agreement;
  const signers = theirCertificates.map(({ value }) => value).filter((one) => !refused(one, agreement, now));
  return { messageId, mic, signed: mdn.signed, signers, legacy };
}

/** What an answer means for the message. `reason` is a sentence for the operator. */
export type Receipt =
  /** The partner has it: MIC and signature are right. */
  | { readonly result: 'delivered'; readonly warning: string | null }
  /** The partner says that it does not have it, or has something else. */
  | { readonly result: 'refused'; readonly reason: string }
  /** The answer proves nothing; the message may have arrived. */
  | { readonly result: 'no-receipt'; readonly reason: string };

/** True for what may be an MDN: a report, or a signed multipart (which must then be looked into). */
export async function isMdn(entity: Entity): Promise<boolean> {
  const { value, parameters } = parseParameters(entity.headers.get('content-type') ?? '');
  if (value === 'multipart/report') return true;
  if (value !== 'multipart/signed') return false;
  const [first] = (await readMultipart(entity.body, parameters.get('boundary') ?? '')) ?? [];
  const inner = first === undefined ? null : await readEntity(first);
  return parseParameters(inner?.headers.get('content-type') ?? '').value === 'multipart/report';
}

/** The message an MDN is about, as it says; null when it is no MDN or does not say. */
export async function originalMessageIdOf(entity: Entity): Promise<string | null> {
  const report = await reportOf(entity);
  return (await fieldsOf(report.entity))?.get('original-message-id')?.trim() ?? null;
}

/** What an answer finds wrong with the message, whoever says so: `error: decryption-failed`. Null when it says nothing. */
export async function complaintOf(answer: Entity): Promise<string | null> {
  const fields = await reportOf(answer)
    .then(({ entity }) => fieldsOf(entity))
    .catch(() => null);
  return readDisposition(fields?.get('disposition') ?? '')?.modifier || null;
}

/** Compares an answer with what was sent. Never throws for what the partner wrote. */
export async function readReceipt(answer: Entity, expected: Expected): Promise<Receipt> {
  try {
    return await judge(answer, expected);
  } catch (error) {
    const reason = messageOf(error);
    return { result: 'no-receipt', reason: `The MDN cannot be trusted: ${reason}` };
  }
}

async function judge(answer: Entity, expected: Expected): Promise<Receipt> {
  const report = await reportOf(answer);
  const fields = await fieldsOf(report.entity);
  if (fields === null) return { result: 'no-receipt', reason: 'The answer is no MDN.' };
  if (report.signature === null) {
    if (expected.signed) {
      const says = readDisposition(fields.get('disposition') ?? '')?.modifier;
      const reason = `The MDN is not signed, and must be${says ? `; it says "${says}"` : ''}.`;
      return { result: 'no-receipt', reason };
    }
  } else {
    const content = report.entity.whole;
    const { signers } = await readSigned(contentOf(await bytesOf(report.signature)));
    const { digest } = await verifySigners(signers, content, digestsOf(content), expected.signers);
    if (digest === 'sha1' && !expected.legacy.includes('sha1')) {
      return { result: 'no-receipt', reason: 'The MDN is signed with SHA-1.' };
    }
  }
  const original = fields.get('original-message-id')?.trim();
  if (original !== expected.messageId) {
    return { result: 'no-receipt', reason: `The MDN is for another message, ${original ?? 'without an id'}.` };
  }
  const disposition = readDisposition(fields.get('disposition') ?? '');
  if (disposition === null) return { result: 'no-receipt', reason: 'The MDN does not say what became of the message.' };
  const { outcome, modifier } = disposition;
  if (outcome === 'refused')
    return { result: 'refused', reason: `The partner refused the message: ${modifier || 'failed'}.` };
  return compareMic(fields, expected, modifier === '' ? null : modifier);
}

async function compareMic(fields: Headers, expected: Expected, warning: string | null): Promise<Receipt> {
  const written = fields.get('received-content-mic');
  if (written === undefined) {
    // Some partners give no MIC where nothing was signed.
    if (!expected.signed) return { result: 'delivered', warning };
    return { result: 'refused', reason: 'The MDN has no MIC, so that nothing says what the partner received.' };
  }
  const mic = readMic(written);
  if (mic === null) {
    const name = written.split(',').at(-1) ?? '';
    const known = readDigest(name) !== null;
    return {
      result: 'refused',
      reason: known ? 'The MIC of the MDN is none.' : `The MIC uses an unknown digest,${name}.`,
    };
  }
  const ours = await expected.mic(mic.digest);
  if (ours.length === mic.value.length && timingSafeEqual(ours, mic.value)) return { result: 'delivered', warning };
  return { result: 'refused', reason: 'The MIC of the MDN differs: the partner received other bytes than were sent.' };
}

interface Report {
  readonly entity: Entity;
  /** The part with the signature, null when the report is not signed. */
  readonly signature: Entity | null;
}

async function reportOf(answer: Entity): Promise<Report> {
  const { value, parameters } = parseParameters(answer.headers.get('content-type') ?? '');
  if (value !== 'multipart/signed') return { entity: answer, signature: null };
  const parts = (await readMultipart(answer.body, parameters.get('boundary') ?? '')) ?? [];
  const [content, attachment] = await Promise.all(parts.map(readEntity));
  if (parts.length !== 2 || content === undefined || content === null || attachment === undefined) {
    throw new RangeError('it has not exactly a content and a signature');
  }
  return { entity: content, signature: attachment };
}

async function fieldsOf(report: Entity): Promise<Headers | null> {
  const { value, parameters } = parseParameters(report.headers.get('content-type') ?? '');
  if (value !== 'multipart/report') return null;
  for (const part of (await readMultipart(report.body, parameters.get('boundary') ?? '')) ?? []) {
    const entity = await readEntity(part);
    const type = parseParameters(entity?.headers.get('content-type') ?? '').value;
    if (entity !== null && /^message\/(x-)?disposition-notification$/.test(type)) {
      return parseHeaders(trimmed(await bytesOf(entity)));
    }
  }
  return null;
}

/** Empty lines around the fields mean nothing. */
function trimmed(bytes: Buffer): Buffer {
  return Buffer.from(
    bytes
      .toString('latin1')
      .replace(/^[\r\n]+/, '')
      .replace(/\r?\n\r?\n.*$/s, ''),
    'latin1',
  );
}

async function bytesOf({ headers, body }: Entity): Promise<Buffer> {
  return gather(decoded(body, encodingOf(headers.get('content-transfer-encoding')) ?? 'binary'));
}
