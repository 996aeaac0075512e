import { GatewayError, messageOf } from '../errors.ts';
import type { NewFile } from '../ledger/types.ts';
import type { Arrival } from '../transports/types.ts';
import { failPoints } from '../util/fail-point.ts';
import type { InboundParts } from './parts.ts';

/** Whose connection a file came over. */
export interface Origin {
  readonly connection: string;
  readonly partnerId: string;
}

/** Files are stored so many at a time, and recorded together: one flush of the ledger for all of them. */
const STORED_AT_ONCE = 64;
/** Largest file taken, in bytes. */
const LARGEST_FILE = 4 * 1024 ** 3;

/**
 * Step one: the bytes become durable, then the file stands in the ledger, and only then it is taken away from where it was
 * offered. A file that changed while it was read is left for the next look; one that cannot be stored stays where it is.
 */
export async function receive(parts: InboundParts, origin: Origin, arrivals: readonly Arrival[]): Promise<void> {
  for (let from = 0; from < arrivals.length; from += STORED_AT_ONCE) {
    const batch = arrivals.slice(from, from + STORED_AT_ONCE);
    const stored = await Promise.all(batch.map((arrival) => store(parts, origin, arrival)));
    const kept = stored.filter((entry) => entry !== null);
    await failPoints?.reach('ingest.before_commit');
    await parts.ledger.recordFiles(kept.map(({ file }) => file));
    await failPoints?.reach('ingest.after_commit');
    parts.ring();
    await failPoints?.reach('ingest.before_ack');
    await Promise.all(kept.map(({ arrival }) => arrival.take()));
  }
}

/** The bytes made durable, and what the ledger is to know of them; null when they cannot be read as they were offered. */
export async function store(
  parts: InboundParts,
  origin: Origin,
  arrival: Arrival,
): Promise<{ file: NewFile; arrival: Arrival } | null> {
  const { archive, clock, ids, log } = parts;
  try {
    const { sha256, size } = await archive.put(arrival.open(), LARGEST_FILE);
    if (size !== arrival.size) return null;
    const { sourceKey, name } = arrival;
    return {
      arrival,
      file: {
        id: ids('fil'),
        connection: origin.connection,
        partnerId: origin.partnerId,
        sourceKey,
        name,
        size,
        sha256,
        receivedAt: clock.now(),
      },
    };
  } catch (error) {
    if (error instanceof GatewayError && error.code === 'ARCHIVE_UNWRITABLE') throw error;
    log.warn(
      { connection: origin.connection, file: arrival.name, error: messageOf(error) },
      'A file could not be read and stays where it is.',
    );
    return null;
  }
}
