import { type Disk, diskFull, percent } from '../archive/disk-space.ts';
import type { Archive } from '../archive/types.ts';
import { GatewayError } from '../errors.ts';
import type { Ledger } from '../ledger/types.ts';
import type { BrokenConnection } from '../work/connection-faults.ts';
import { listOf, oneOf, orNull, record, TEXT, TIME } from './json-schema.ts';
import { timeText } from './times.ts';

/** What readiness is made of. What is absent is not there in this process. */
export interface ReadinessSources {
  readonly ledger: Pick<Ledger, 'writable'>;
  readonly archive: Pick<Archive, 'writable'>;
  readonly disk?: Disk;
  /** Whether Redis answers; null where there is none. */
  readonly redis?: () => boolean | null;
  readonly brokenConnections?: () => readonly BrokenConnection[];
}

export const READY = record('Documents can be taken in; how each part is.', {
  ready: { const: true },
  parts: record('How each part is. Names and codes only.', {
    ledger: { const: 'ok' },
    archive: { const: 'ok' },
    disk: record('The disk of the data folder.', {
      used: {
        ...orNull({ type: 'number', minimum: 0, maximum: 1 }),
        description: 'Share that is taken, where it is known.',
      },
    }),
    redis: { ...oneOf(['ok', 'away', 'none']), description: 'Without it work begins a moment later.' },
    connections: record('Connections of partners in this process.', {
      broken: listOf(record('One that does not work now.', { connection: TEXT, code: TEXT, since: TIME })),
    }),
  }),
});

/**
 * How each part is, asked now. LEDGER_UNAVAILABLE, ARCHIVE_UNWRITABLE or DISK_FULL when nothing can be taken in; the sentence
 * then says how the others are. Redis and connections make nothing unready: what they hold up is tried again.
 */
export async function readiness(sources: ReadinessSources) {
  const { ledger, archive, disk } = sources;
  const [ledgerTakes, archiveTakes, space] = await Promise.all([
    ledger.writable(),
    archive.writable(),
    disk?.look() ?? null,
  ]);
  const redis = stateOfRedis(sources.redis?.() ?? null);
  const broken = sources.brokenConnections?.() ?? [];
  const others = [
    `ledger ${ledgerTakes ? 'ok' : 'takes no writes'}`,
    `archive ${archiveTakes ? 'ok' : 'takes no bytes'}`,
    `disk ${percent(space?.used ?? null)}`,
    `redis ${redis}`,
    `${broken.length} connections broken`,
  ].join(', ');
  if (!ledgerTakes) throw unready('LEDGER_UNAVAILABLE', 'The ledger takes no writes', 'its disk', others);
  if (!archiveTakes) throw unready('ARCHIVE_UNWRITABLE', 'The archive takes no bytes', 'its disk or bucket', others);
  if (space?.full === true) throw new GatewayError('DISK_FULL', `${diskFull(space).message} (${others})`);
  return {
    ready: true,
    parts: {
      ledger: 'ok',
      archive: 'ok',
      disk: { used: space?.used ?? null },
      redis,
      connections: { broken: broken.map((one) => ({ ...one, since: timeText(one.since) })) },
    },
  };
}

function stateOfRedis(answers: boolean | null): 'ok' | 'away' | 'none' {
  if (answers === null) return 'none';
  return answers ? 'ok' : 'away';
}

function unready(
  code: 'LEDGER_UNAVAILABLE' | 'ARCHIVE_UNWRITABLE',
  what: string,
  where: string,
  others: string,
): GatewayError {
  return new GatewayError(
    code,
    `${what}, so that nothing can be received. Look at the space and the rights of ${where}. (${others})`,
  );
}
