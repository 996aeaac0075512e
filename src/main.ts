import { readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createDisk } from './archive/disk-space.ts';
import { createFolderArchive } from './archive/folder.ts';
import { rememberRecent } from './archive/recent.ts';
import { createS3Archive } from './archive/s3.ts';
import type { Archive } from './archive/types.ts';
import { GatewayError, messageOf } from './errors.ts';
import { checkBooks } from './inbound/books.ts';
import { createInboundRoad } from './inbound/index.ts';
import { createNightly } from './inbound/nightly.ts';
import { purge, purgeOld } from './inbound/purge.ts';
import { createReplayer } from './inbound/replayer.ts';
import { sweepOrphans } from './inbound/sweep.ts';
import { openPostgresLedger } from './ledger/postgres.ts';
import { openSqliteLedger } from './ledger/sqlite.ts';
import type { Claim, Ledger, WorkKind } from './ledger/types.ts';
import { createSenders } from './main/senders.ts';
import { dropFolders, folderSources, pollSources, type Source, sftpSources } from './main/sources.ts';
import { createOutboundRoad } from './outbound/index.ts';
import type { Configuration } from './partners/configuration.ts';
import { configurationHash } from './partners/configuration-hash.ts';
import { connectionName } from './partners/connection-name.ts';
import { keepConfiguration } from './partners/reload.ts';
import { createOperationsServer } from './server/operations-server.ts';
import { createPartnerServer } from './server/partner-server.ts';
import { operationsFile } from './settings/operations-file.ts';
import { createSecrets } from './settings/secrets.ts';
import type { Settings } from './settings/settings.ts';
import { createAs2 } from './transports/as2/driver.ts';
import { createHttpClient } from './transports/http/client.ts';
import { claimOwner } from './transports/sftp/owner.ts';
import { createSftpPool, type SftpPool } from './transports/sftp/pool.ts';
import type { ReceivingTransport } from './transports/types.ts';
import { systemClock } from './util/clock.ts';
import { createIds, type Ids } from './util/ids.ts';
import type { Log } from './util/log.ts';
import { createLogger } from './util/logger.ts';
import { watchStandstill } from './util/watchdog.ts';
import { createBackPressure } from './work/back-pressure.ts';
import { type Bells, createBells } from './work/bell.ts';
import { createConnectionFaults } from './work/connection-faults.ts';
import { createDispatcher } from './work/dispatcher.ts';
import { createIntake } from './work/intake.ts';
import { createPoller, type Sole } from './work/poller.ts';
import { openRedisBells } from './work/redis-bells.ts';
import { createRightOfWay } from './work/right-of-way.ts';
import { createSharedClock } from './work/shared-clock.ts';

/** A running gateway. */
export interface Gateway {
  /** URL of the listener for operators and consumers. */
  readonly operations: string;
  /** URL of the listener for partners; null where this process does not serve them. */
  readonly partner: string | null;
  /** Folders that are watched, absolute. */
  readonly dropFolders: readonly string[];
  /** Takes nothing new, finishes what runs, and lets go of everything. */
  stop(): Promise<void>;
}

/** What a process does: pick up files, do the work, serve partners. Every process tells operators about itself. */
export const ROLES = ['receive', 'work', 'serve'] as const;
/** One of them. */
export type Role = (typeof ROLES)[number];

const OUTBOUND_WORK: readonly WorkKind[] = ['deliver', 'reconcile', 'expect'];
/** Milliseconds between two looks at the ledger, where other processes may have made work due. */
const SHARED_SWEEP = 1_000;
/** Milliseconds that running transfers are given to end. */
const STOPPING = 15_000;

/** Makes the drivers and starts the roads and the listeners, those that belong to the roles of this process. */
export async function startGateway(
  settings: Settings,
  configuration: Configuration,
  roles: readonly Role[] = ROLES,
): Promise<Gateway> {
  const shared = settings.databaseUrl !== null;
  if (!shared && ROLES.some((role) => !roles.includes(role))) {
    const what = `With SQLite one process does everything: ${ROLES.join(', ')}.`;
    throw new GatewayError(
      'CONFIG_INVALID',
      `${what} Name a PostgreSQL in CROSSDOCK_DATABASE_URL to divide the roles.`,
    );
  }
  const ids = createIds(systemClock);
  const log = createLogger(settings.logLevel);
  await mkdir(settings.data, { recursive: true, mode: 0o700 });
  const ledger = await openLedger(settings, ids);
  const clock = shared ? await createSharedClock(ledger.time) : systemClock;
  const archive = rememberRecent(await openArchive(settings));

  const secrets = createSecrets({ environment: process.env, folder: settings.secrets });
  const client = createHttpClient({ allowPrivate: settings.allowPrivateTargets });
  const pool = createSftpPool({ secrets, clock });
  const owner = await claimOwner(settings.data, settings.databaseUrl);
  const bells = await openBells(settings, log);
  const pressure = createBackPressure(ledger);
  const way = createRightOfWay();
  const disk = createDisk({ folder: settings.data, watermark: settings.diskFull, clock });
  const intake = createIntake({ disk, ledger, clock, log });
  const faults = createConnectionFaults({ ledger, clock, log });
  const as2 = createAs2({
    folder: join(settings.data, 'as2'),
    archive,
    messages: ledger,
    exceptions: ledger,
    answered: (documentId, receipt) => outbound.confirm(documentId, receipt),
    take: async (origin, arrivals, message) => {
      if (arrivals.length > 0 && !(await pressure.room(origin.partnerId))) {
        throw new GatewayError('LEDGER_UNAVAILABLE', 'The gateway is being stopped. Send the message again.');
      }
      if (arrivals.length > 0) await intake.open();
      way.came();
      return road.receiveMessage(origin, arrivals, message);
    },
    came: way.came,
    client,
    secrets,
    clock,
    ids,
    log,
    watch: faults.watch,
  });
  const holder = ids('gwy');
  const picking = ({ create }: Source): Sole => {
    let transport: ReceivingTransport | null = null;
    return {
      start: async () => {
        const next = create();
        transport = next;
        await next.start(async (arrivals) => {
          await intake.open();
          if (await pressure.room(next.partnerId)) await road.receive(next, arrivals);
        });
      },
      stop: async () => {
        await transport?.stop();
      },
    };
  };
  /** What somebody may do at a time is done by whoever holds its lease, where there are many processes. */
  const alone = (source: Source): Sole => {
    const sole = picking(source);
    return shared ? createPoller({ ledger, clock, log, name: `poll ${source.connection}`, holder, sole }) : sole;
  };
  const watching = { plan: settings.retry.connection, watch: faults.watch };
  const startTransports = async (next: Configuration): Promise<readonly Sole[]> => {
    const started: Sole[] = [];
    faults.keepOnly(connectionNames(next));
    if (roles.includes('receive')) {
      const polled = [
        ...folderSources(next, settings, log, watching),
        ...sftpSources(next, { pool, owner, ids, log }, watching),
        ...pollSources(next, { client, secrets, marks: ledger, log }, watching),
      ];
      started.push(...polled.map(alone));
    }
    // Partners bring these themselves, to whichever process they reach.
    if (roles.includes('serve')) await as2.connect(next.partners);
    await Promise.all(started.map((source) => source.start()));
    return started;
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
  const retryMended = async (): Promise<void> => {
    if (!roles.includes('work')) return;
    try {
      if ((await road.retryMended()) > 0) dispatcher.ring();
    } catch (error) {
      log.error({ error: messageOf(error) }, 'What the configuration mends was not tried again. Retry the exceptions.');
    }
  };
  let transports: readonly Sole[] = [];
  let exchange: Promise<void> = Promise.resolve();
  let stopping = false;
  let endWatch: () => Promise<void> = async () => {};
  const live = keepConfiguration(settings, configuration, log, async (next) => {
    if (stopping) return;
    exchange = stopAll(transports).then(async () => {
      transports = await startTransports(next);
    });
    await exchange;
    await remember('configuration.changed', {});
    await retryMended();
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
    send: (event) => outbound.accept(event),
    purge: (plan, options) => purge({ ledger, archive, clock }, plan, options),
    requestReplay: async (request) => {
      const requested = await road.requestReplay(request);
      replayer.ring();
      return requested;
    },
    ring: () => dispatcher.ring(),
    lastCheck: () => nightly.last(),
    disk,
    redis: bells.answers,
    brokenConnections: faults.broken,
  });
  const partnerServer = createPartnerServer({
    ledger,
    ids,
    clock,
    log,
    partners: () => live.current().partners,
    secrets,
    as2: as2.handle,
    accept: async (origin, file) => {
      await intake.open();
      return road.accept(origin, file);
    },
    acknowledgment: (file) => road.acknowledgment(file),
  });
  const road = createInboundRoad({
    ledger,
    archive,
    clock,
    ids,
    log,
    configuration: live.current,
    retry: settings.retry,
    ring: () => dispatcher.ring('split', 'translate'),
    acknowledged: () => dispatcher.ring('reconcile'),
    published: operations.notify,
  });
  const outbound = createOutboundRoad({
    ledger,
    archive,
    clock,
    ids,
    configuration: live.current,
    senderOf: createSenders({ data: settings.data, pool, client, secrets, clock, ids, configuration: live.current }),
    retry: settings.retry,
    ring: () => dispatcher.ring('deliver'),
    awaiting: () => dispatcher.ring('expect'),
  });
  const replayer = createReplayer({ ledger, next: road.replayNext, clock, log });
  const nightly = createNightly({
    pattern: settings.nightly,
    check: async () => {
      const imbalances = await checkBooks({ ledger, archive }, { bytes: true });
      // Books that do not balance are to be looked at as they are.
      if (imbalances.length === 0) {
        await purgeOld({ ledger, archive, clock }, settings.retention, holder);
        await sweepOrphans({ ledger, archive, clock }, holder);
      }
      return imbalances;
    },
    clock,
    log,
    wait: (milliseconds, act) => {
      const timer = setTimeout(act, milliseconds).unref();
      return () => clearTimeout(timer);
    },
  });
  const dispatcher = createDispatcher({
    ledger,
    clock,
    log,
    handlers: { ...road.handlers, ...outbound.handlers },
    way,
    plansOf: (claim) => (isOutbound(claim) ? outbound : road).plansOf(claim),
    bells,
    ...(shared ? { sweep: SHARED_SWEEP } : {}),
  });

  const stop = async (): Promise<void> => {
    stopping = true;
    live.stop();
    pressure.stop();
    // A reload may be about to start connections that nobody would stop.
    await Promise.allSettled([exchange]);
    await stopAll(transports, pool);
    await Promise.all([dispatcher.stop(), nightly.stop(), replayer.stop()]);
    await Promise.all([operations.close(), partnerServer.close(), as2.stop(), client.close(), bells.close()]);
    await faults.recorded();
    await endWatch();
    if (!shared) await rm(operationsFile(settings.data), { force: true });
    await ledger.close();
  };
  try {
    // The first look only remembers the files: what changes after the gateway is ready must not slip in before it.
    await live.refresh();
    const { url: operationsUrl } = await operations.listen(settings.operations);
    // Commands that change the ledger ask whoever owns it.
    if (!shared) await writeFile(operationsFile(settings.data), `${operationsUrl}\n`, { mode: 0o600 });
    const partner = roles.includes('serve') ? (await partnerServer.listen(settings.partner)).url : null;
    await remember('gateway.started', { version: packageVersion(), roles: roles.join(',') });
    if (roles.includes('work')) {
      dispatcher.start();
      nightly.start();
      replayer.start();
      // It may have been mended while nothing ran.
      await retryMended();
    }
    if (settings.standstill !== null) endWatch = await watchStandstill(settings.standstill);
    transports = await startTransports(configuration);
    log.info({ data: settings.data, roles, sources: transports.length }, 'The gateway is running.');
    return {
      operations: operationsUrl,
      partner,
      dropFolders: roles.includes('receive') ? dropFolders(configuration, settings.data) : [],
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

function openLedger({ data, databaseUrl }: Settings, ids: Ids): Promise<Ledger> {
  return databaseUrl === null
    ? openSqliteLedger({ file: join(data, 'ledger.sqlite'), ids, ownThread: true })
    : openPostgresLedger({ url: databaseUrl, ids });
}

async function openBells({ redisUrl }: Settings, log: Log): Promise<Bells> {
  return redisUrl === null ? createBells() : openRedisBells({ url: redisUrl, log });
}

/** At the end the connections to servers are closed too, under what still runs when that takes long. */
async function stopAll(transports: readonly Sole[], pool: SftpPool | null = null): Promise<void> {
  const late = pool === null ? undefined : setTimeout(() => pool.close(), STOPPING);
  await Promise.all(transports.map((transport) => transport.stop()));
  clearTimeout(late);
  pool?.close();
}

/** As exceptions and files name them. */
function connectionNames({ partners }: Configuration): readonly string[] {
  return partners.flatMap(({ id, connections }) => connections.map((one) => connectionName(one.kind, id, one.id)));
}

function isOutbound({ kind }: Claim): boolean {
  return OUTBOUND_WORK.includes(kind);
}

function packageVersion(): string {
  const { version }: { version: string } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  );
  return version;
}
