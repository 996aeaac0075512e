import { GatewayError } from '../errors.ts';
import { failPoints } from '../util/fail-point.ts';
import type { InboundParts } from './parts.ts';
import type { Origin } from './receive.ts';

/** A file that a caller hands over and waits for. */
export interface HandedOver {
  /** Same key, same file: a caller that heard no answer sends it again. */
  readonly sourceKey: string;
  /** The caller's name for it: data, never a path of ours. */
  readonly name: string;
  readonly bytes: AsyncIterable<Buffer>;
  /** Largest size taken, in bytes. */
  readonly largest: number;
}

export interface Accepted {
  readonly id: string;
  readonly size: number;
  readonly sha256: string;
  /** `known`: the same key and bytes came before; `duplicate`: the same bytes of this partner under another key. */
  readonly outcome: 'recorded' | 'duplicate' | 'known';
}

/**
 * Step one for a file that somebody waits for, as over HTTP: when it answers, the bytes and their row are durable. What the
 * bytes throw goes to the caller and leaves nothing behind. IDEMPOTENCY_CONFLICT when the key came with other bytes before.
 */
export async function accept(parts: InboundParts, origin: Origin, file: HandedOver): Promise<Accepted> {
  const { archive, clock, ids, ledger } = parts;
  const { sourceKey, name } = file;
  const stored = await archive.put(within(file), file.largest);
  const { connection, partnerId } = origin;
  const row = { id: ids('fil'), connection, partnerId, sourceKey, name, ...stored, receivedAt: clock.now() };
  await failPoints?.reach('ingest.before_commit');
  const [recorded] = await ledger.recordFiles([row]);
  if (recorded === undefined) throw new GatewayError('INTERNAL', 'The ledger did not say what it recorded. Try again.');
  if (recorded.outcome === 'known') {
    const known = await ledger.file(recorded.id);
    if (known !== null && known.sha256 !== stored.sha256) {
      const what = `The idempotency key came before with other bytes, as file ${recorded.id}.`;
      throw new GatewayError('IDEMPOTENCY_CONFLICT', `${what} Give each new document a key of its own.`);
    }
  }
  await failPoints?.reach('ingest.after_commit');
  parts.ring();
  await failPoints?.reach('ingest.before_ack');
  return { ...recorded, ...stored };
}

async function* within({ bytes, largest }: HandedOver): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > largest) throw tooLarge(largest);
    yield chunk;
  }
  if (size === 0) throw new GatewayError('REQUEST_INVALID', 'The body is empty. Send the document as the body.');
}

/** The error of a body that is larger than `largest` bytes. */
export function tooLarge(largest: number): GatewayError {
  const what = `The body has more than ${largest} bytes.`;
  return new GatewayError('PAYLOAD_TOO_LARGE', `${what} Send fewer documents at once, or ask us for a higher limit.`);
}
