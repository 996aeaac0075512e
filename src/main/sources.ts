import { resolve } from 'node:path';
import type { Configuration } from '../partners/configuration.ts';
import { connectionName } from '../partners/connection-name.ts';
import type { FolderConnection } from '../partners/types.ts';
import type { Settings } from '../settings/settings.ts';
import { type BreakerWatch, createBreaker } from '../transports/breaker.ts';
import { createFolderTransport } from '../transports/folder/transport.ts';
import { createPollTransport, type PollTransportOptions } from '../transports/poll/transport.ts';
import type { SftpPool } from '../transports/sftp/pool.ts';
import { createSftpTransport } from '../transports/sftp/transport.ts';
import type { ReceivingTransport } from '../transports/types.ts';
import { systemClock } from '../util/clock.ts';
import type { Ids } from '../util/ids.ts';
import type { Log } from '../util/log.ts';
import type { RetryPlan } from '../util/retry-plan.ts';

/** Where files come from, and how to make what picks them up there. */
export interface Source {
  /** `folder:demo-3pl/main`. */
  readonly connection: string;
  readonly create: () => ReceivingTransport;
}

/** How connections that fail are looked at again, and who is told. */
export interface Watching {
  /** Where a partner's file says nothing else. */
  readonly plan: RetryPlan;
  readonly watch: (connection: string, partnerId: string) => BreakerWatch;
}

/** Files that one look at a drop folder brings to the road at once. */
const OFFERED_AT_ONCE = 64;

/** Drop folders of this machine. */
export function folderSources(
  configuration: Configuration,
  { data }: Settings,
  log: Log,
  watching: Watching,
): readonly Source[] {
  return folderConnections(configuration).map(({ partnerId, connection, pickUp }) => ({
    connection: connectionName('folder', partnerId, connection.id),
    create: () =>
      createFolderTransport({
        connection,
        pickUp,
        partnerId,
        dataFolder: data,
        clock: systemClock,
        log,
        batch: OFFERED_AT_ONCE,
        breaker: breakerOf(configuration, watching, connectionName('folder', partnerId, connection.id), partnerId),
      }),
  }));
}

/** APIs of partners that are asked for what is new. */
export function pollSources(
  configuration: Configuration,
  parts: Omit<PollTransportOptions, 'connection' | 'partnerId' | 'clock' | 'batch' | 'random'>,
  watching: Watching,
): readonly Source[] {
  return configuration.partners.flatMap(({ id: partnerId, connections }) =>
    connections
      .filter((connection) => connection.kind === 'poll')
      .map((connection) => ({
        connection: connectionName('poll', partnerId, connection.id),
        create: () =>
          createPollTransport({
            ...parts,
            connection,
            partnerId,
            clock: systemClock,
            batch: OFFERED_AT_ONCE,
            random: Math.random,
            breaker: breakerOf(configuration, watching, connectionName('poll', partnerId, connection.id), partnerId),
          }),
      })),
  );
}

/** Folders on partners' servers. */
export function sftpSources(
  configuration: Configuration,
  { pool, owner, ids, log }: { pool: SftpPool; owner: string; ids: Ids; log: Log },
  watching: Watching,
): readonly Source[] {
  return configuration.partners.flatMap(({ id: partnerId, timezone, connections }) =>
    connections.flatMap((connection) =>
      connection.kind !== 'sftp' || connection.pickUp === null
        ? []
        : sftpSource(connectionName('sftp', partnerId, connection.id), {
            connection,
            pickUp: connection.pickUp,
            partnerId,
            timezone,
            pool,
            owner,
            newId: () => ids('f').slice(2),
            clock: systemClock,
            log,
            batch: OFFERED_AT_ONCE,
            breaker: breakerOf(configuration, watching, connectionName('sftp', partnerId, connection.id), partnerId),
          }),
    ),
  );
}

function sftpSource(connection: string, options: Parameters<typeof createSftpTransport>[0]): Source {
  return { connection, create: () => createSftpTransport(options) };
}

/** By the plan of the partner, else that of the settings. */
function breakerOf({ partners }: Configuration, { plan, watch }: Watching, connection: string, partnerId: string) {
  const partner = partners.find(({ id }) => id === partnerId);
  return createBreaker({ plan: partner?.retry.connection ?? plan, watch: watch(connection, partnerId) });
}

interface PickUp {
  readonly partnerId: string;
  readonly connection: FolderConnection;
  readonly pickUp: NonNullable<FolderConnection['pickUp']>;
}

function folderConnections({ partners }: Configuration): readonly PickUp[] {
  return partners.flatMap((partner) =>
    partner.connections.flatMap((connection): readonly PickUp[] =>
      connection.kind === 'folder' && connection.pickUp !== null
        ? [{ partnerId: partner.id, connection, pickUp: connection.pickUp }]
        : [],
    ),
  );
}

/** The folders that are watched, absolute. */
export function dropFolders(configuration: Configuration, dataFolder: string): readonly string[] {
  return folderConnections(configuration).map(({ pickUp }) => resolve(dataFolder, pickUp.folder));
}
