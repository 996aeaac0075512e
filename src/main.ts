import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createFolderArchive } from './archive/folder.ts';
import { createS3Archive } from './archive/s3.ts';
import type { Archive } from './archive/types.ts';
import { checkBooks } from './inbound/books.ts';
import { createInboundRoad } from './inbound/index.ts';
import { createNightly } from './inbound/nightly.ts';
import { openPostgresLedger } from './ledger/postgres.ts';
import { openSqliteLedger } from './ledger/sqlite.ts';
import type { Ledger } from './ledger/types.ts';
import type { Configuration } from './partners/configuration.ts';
import { configurationHash } from './partners/configuration-hash.ts';
import { keepConfiguration } from './partners/reload.ts';
import type { FolderConnection, TradingPartner } from './partners/types.ts';
import { createOperationsServer } from './server/operations-server.ts';
import { createPartnerServer } from './server/partner-server.ts';
import { createSecrets } from './settings/secrets.ts';
import type { Settings } from './settings/settings.ts';
import { createAs2 } from './transports/as2/driver.ts';
import type { CheckStep } from './transports/check.ts';
import { createFolderTransport } from './transports/folder/transport.ts';
import { createHttpClient } from './transports/http/client.ts';
import { createPollTransport, type PollTransportOptions } from './transports/poll/transport.ts';
import { checkSftp } from './transports/sftp/check.ts';
import { claimOwner } from './transports/sftp/owner.ts';
import { createSftpPool, type SftpPool } from './transports/sftp/pool.ts';
import { createSftpTransport } from './transports/sftp/transport.ts';
import type { ReceivingTransport } from './transports/types.ts';
import { systemClock } from './util/clock.ts';
import { createIds, type Ids } from './util/ids.ts';
import type { Log } from './util/log.ts';
import { createLogger } from './util/logger.ts';
import { createDispatcher } from './work/dispatcher.ts';

/** A running gateway. */
export interface Gateway {
  /** URL of the listener for operators and consumers. */
  readonly operations: string;
  /** URL of the listener for partners. */
  readonly partner: string;
  /** Folders that are watched, absolute. */
  readonly dropFolders: readonly string[];
  /** Takes nothing new, finishes what runs, and lets go of everything. */
  stop(): Promise<void>;
}

/** Files that one look at a drop folder brings to the road at once. */
const OFFERED_AT_ONCE = 64;
/** Milliseconds that running transfers are given to end. */
const STOPPING = 15_000;

/** Makes the drivers and starts the roads and the listeners: everything in this process, on a data folder. */
export async function startGateway(settings: Settings, configuration: Configuration): Promise<Gateway> {
  const clock = systemClock;
  const ids = createIds(clock);
  const log = createLogger(settings.logLevel);
  await mkdir(settings.data, { recursive: true, mode: 0o700 });
  const ledger = await openLedger(settings, ids);
  const archive = await openArchive(settings);

  const secrets = createSecrets({ environment: process.env, folder: settings.secrets });
  const as2 = await createAs2({ folder: join(settings.data, 'as2'), archive, secrets, clock, ids, log });
  const client = createHttpClient({ allowPrivate: settings.allowPrivateTargets });
  const pool = createSftpPool({ secrets, clock });
  const owner = await claimOwner(settings.data, settings.databaseUrl);
  const startTransports = async (next: Configuration): Promise<readonly ReceivingTransport[]> => {
    const made = [
      ...folderTransports(next, settings, log),
      ...sftpTransports(next, { pool, owner, ids, log }),
      ...pollTransports(next, { client, secrets, marks: ledger, log }),
      ...(await as2.connect(next.partners)),
    ];
    await Promise.all(made.map((transport) => transport.start((arrivals) => road.receive(transport, arrivals))));
    return made;
  };
  const remember = async (action: string, details: Readonly<Record<string, string>>): Promise<void> => {
    const entry = {
      actor: 'system',
      action,
      target: '',
      details: { ...details, configuration: await configurationHash(settings) },
    };
    await ledger.audit(entry, clock.now());
  };
  let transports: readonly ReceivingTransport[] = [];
  let exchange: Promise<void> = Promise.resolve();
  let stopping = false;
  const live = keepConfiguration(settings, configuration, log, async (next) => {
    if (stopping) return;
    exchange = stopAll(transports).then(async () => {
      transports = await startTransports(next);
    });
    await exchange;
    await remember('configuration.changed', {});
  });
  const operations = createOperationsServer({
    ledger,
    archive,
    ids,
    clock,
    log,
    version: packageVersion(),
    maps: () => live.current().maps,
    partners: () => live.current().partners,
    lineage: (eventId) => road.explain(eventId),
    lastCheck: () => nightly.last(),
  });
  const partnerServer = createPartnerServer({
    ledger,
    ids,
    clock,
    log,
    partners: () => live.current().partners,
    secrets,
    as2: as2.handle,
    accept: (origin, file) => road.accept(origin, file),
    acknowledgment: (file) => road.acknowledgment(file),
  });
  const road = createInboundRoad({
    ledger,
    archive,
    clock,
    ids,
    log,
    configuration: live.current,
    ring: () => dispatcher.ring(),
    published: operations.notify,
  });
  const nightly = createNightly({
    pattern: settings.nightly,
    check: () => checkBooks({ ledger, archive }, { bytes: true }),
    clock,
    log,
    wait: (milliseconds, act) => {
      const timer = setTimeout(act, milliseconds).unref();
      return () => clearTimeout(timer);
    },
  });
  const dispatcher = createDispatcher({ ledger, clock, log, handlers: road.handlers });

  const stop = async (): Promise<void> => {
    stopping = true;
    live.stop();
    // A reload may be about to start connections that nobody would stop.
    await Promise.allSettled([exchange]);
    await stopAll(transports, pool);
    await Promise.all([dispatcher.stop(), nightly.stop()]);
    await Promise.all([operations.close(), partnerServer.close(), client.close(), as2.stop()]);
    await ledger.close();
  };
  try {
    // The first look only remembers the files: what changes after the gateway is ready must not slip in before it.
    await live.refresh();
    const { url: operationsUrl } = await operations.listen(settings.operations);
    const { url: partnerUrl } = await partnerServer.listen(settings.partner);
    await remember('gateway.started', { version: packageVersion() });
    dispatcher.start();
    nightly.start();
    transports = await startTransports(configuration);
    log.info(
      { data: settings.data, connections: transports.map(({ connection }) => connection) },
      'The gateway is running.',
    );
    return {
      operations: operationsUrl,
      partner: partnerUrl,
      dropFolders: dropFolders(configuration, settings.data),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function openArchive({ data, databaseUrl, archive }: Settings): Promise<Archive> {
  if (archive !== null) return createS3Archive(archive);
  return createFolderArchive({ folder: join(data, 'archive'), shared: databaseUrl !== null });
}

/** The connections of a partner that can be tried, each with what tries it. */
export function checkConnections(
  { connections }: TradingPartner,
  settings: Settings,
): readonly { readonly name: string; readonly check: AsyncIterable<CheckStep> }[] {
  const secrets = createSecrets({ environment: process.env, folder: settings.secrets });
  return connections.flatMap((connection) =>
    connection.kind === 'sftp' ? [{ name: connection.id, check: checkSftp(connection, secrets) }] : [],
  );
}

function openLedger({ data, databaseUrl }: Settings, ids: Ids): Promise<Ledger> {
  return databaseUrl === null
    ? openSqliteLedger({ file: join(data, 'ledger.sqlite'), ids })
    : openPostgresLedger({ url: databaseUrl, ids });
}

function folderTransports(configuration: Configuration, { data }: Settings, log: Log): readonly ReceivingTransport[] {
  return folderConnections(configuration).map(({ partnerId, connection, pickUp }) =>
    createFolderTransport({
      connection,
      pickUp,
      partnerId,
      dataFolder: data,
      clock: systemClock,
      log,
      batch: OFFERED_AT_ONCE,
    }),
  );
}

function pollTransports(
  { partners }: Configuration,
  parts: Omit<PollTransportOptions, 'connection' | 'partnerId' | 'clock' | 'batch' | 'random'>,
): readonly ReceivingTransport[] {
  return partners.flatMap(({ id: partnerId, connections }) =>
    connections
      .filter((connection) => connection.kind === 'poll')
      .map((connection) =>
        createPollTransport({
          ...parts,
          connection,
          partnerId,
          clock: systemClock,
          batch: OFFERED_AT_ONCE,
          random: Math.random,
        }),
      ),
  );
}

function sftpTransports(
  { partners }: Configuration,
  { pool, owner, ids, log }: { pool: SftpPool; owner: string; ids: Ids; log: Log },
): readonly ReceivingTransport[] {
  return partners.flatMap(({ id: partnerId, timezone, connections }) =>
    connections.flatMap((connection) =>
      connection.kind !== 'sftp' || connection.pickUp === null
        ? []
        : createSftpTransport({
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
          }),
    ),
  );
}

/** At the end the connections to servers are closed too, under what still runs when that takes long. */
async function stopAll(transports: readonly ReceivingTransport[], pool: SftpPool | null = null): Promise<void> {
  const late = pool === null ? undefined : setTimeout(() => pool.close(), STOPPING);
  await Promise.all(transports.map((transport) => transport.stop()));
  clearTimeout(late);
  pool?.close();
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

function dropFolders(configuration: Configuration, dataFolder: string): readonly string[] {
  return folderConnections(configuration).map(({ pickUp }) => resolve(dataFolder, pickUp.folder));
}

function packageVersion(): string {
  const { version }: { version: string } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  );
  return version;
}
