import { failureOf, GatewayError, messageOf } from '../../errors.ts';
import { connectionName } from '../../partners/connection-name.ts';
import type { SftpConnection, SftpPickUp } from '../../partners/sftp-types.ts';
import { createBell } from '../../util/bell.ts';
import type { Clock } from '../../util/clock.ts';
import { type Log, logOf } from '../../util/log.ts';
import { type Breaker, createBreaker } from '../breaker.ts';
import { dayIn, nextLook, quietFor, type Schedule } from '../schedule.ts';
import type { Arrival, ReceivingTransport } from '../types.ts';
import { createArrival } from './arrival.ts';
import { claimFile } from './claiming.ts';
import { isFault, SftpFault } from './fault.ts';
import { type Candidate, listCandidates } from './listing.ts';
import type { SftpPool } from './pool.ts';
import { createReadiness } from './readiness.ts';
import type { Source } from './source.ts';

export interface SftpTransportOptions {
  readonly connection: SftpConnection;
  readonly pickUp: SftpPickUp;
  readonly partnerId: string;
  /** Of the partner: for cron, quiet times and the day in the names of folders. */
  readonly timezone: string;
  readonly pool: SftpPool;
  /** Who we are in the names of claimed files: eight small letters and digits, the same for all on one ledger. */
  readonly owner: string;
  /** A new text of small letters and digits, at most 40. */
  readonly newId: () => string;
  readonly clock: Clock;
  readonly log: Log;
  /** Files in one offer, at most. */
  readonly batch: number;
  /** Says when to look again after a failure; one that tells nobody unless told otherwise. */
  readonly breaker?: Breaker;
}

const SHORTEST_PAUSE = 100;

/**
 * Picks up files from a server. What the receiver does not take is offered again at the next look; what the server does
 * not let us read or take away is told once and left alone until it changes.
 */
export function createSftpTransport(options: SftpTransportOptions): ReceivingTransport {
  const { connection, pickUp, partnerId, timezone, pool, clock, batch, breaker = createBreaker() } = options;
  const id = connectionName('sftp', partnerId, connection.id);
  const log = logOf(options.log, id);
  const { server } = connection;
  const readiness = createReadiness(pickUp.ready, pickUp.every);
  const schedule: Schedule = { ...pickUp, timezone };
  const source: Source = {
    server,
    pickUp,
    pool,
    clock,
    log,
    readiness,
    owner: options.owner,
    newId: options.newId,
    today: () => dayIn(timezone, clock.now()),
    taken: new Map(),
  };
  const stopping = createBell();
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  let fault: string | null = null;
  let strange = '';

  /** One batch: what could be claimed is offered. */
  async function offerBatch(files: readonly Candidate[], offer: (arrivals: readonly Arrival[]) => Promise<void>) {
    const session = await pool.session(server);
    const claimed = await Promise.all(files.map((file) => claimFile(source, session, file)));
    const arrivals = claimed.filter((file) => file !== null).map((file) => createArrival(source, file));
    if (arrivals.length > 0) await offer(arrivals);
    if (session.lost()) throw new SftpFault('lost', 'The connection was lost while files were received');
  }

  async function lookAndOffer(offer: (arrivals: readonly Arrival[]) => Promise<void>): Promise<void> {
    const session = await pool.session(server);
    const listing = await listCandidates(session, pickUp, source.owner).catch((error: unknown) => {
      throw unlisted(pickUp.folder, error);
    });
    tellStrange(listing.strange);
    if (listing.cut) log.warn({ folder: pickUp.folder }, 'The folder holds more than one look takes in.');
    const files = readiness.ready(listing.candidates, clock.now()).slice(0, pickUp.most);
    for (let from = 0; from < files.length && !stopped; from += batch) {
      await offerBatch(files.slice(from, from + batch), offer);
    }
  }

  /** Offers everything that is ready; answers the pause after a failure, null when all went well. */
  async function look(offer: (arrivals: readonly Arrival[]) => Promise<void>): Promise<number | null> {
    try {
      await lookAndOffer(offer);
      if (fault !== null) log.info({ host: server.host }, 'Files are received again.');
      fault = null;
      breaker.well();
      return null;
    } catch (error) {
      if (stopped) return 0;
      const message = messageOf(error);
      const details = { host: server.host, error: message };
      if (message !== fault) {
        if (failureOf(error) === 'transient') log.warn(details, 'No files could be received; it is tried again.');
        else
          log.error(details, 'No files can be received until somebody mends it; it is tried again from time to time.');
      }
      fault = message;
      return breaker.failed(error);
    }
  }

  function tellStrange(names: readonly string[]): void {
    const now = names.join('\0');
    if (now !== strange && names.length > 0) {
      log.error(
        { folder: pickUp.folder, count: names.length, names: names.slice(0, 10).map((name) => name.slice(0, 300)) },
        'Files have names that cannot be taken, such as paths or what is no UTF-8; they are left alone. The partner renames them.',
      );
    }
    strange = now;
  }

  async function run(offer: (arrivals: readonly Arrival[]) => Promise<void>): Promise<void> {
    // A cron pattern names its times itself; everybody else begins at once.
    let next = pickUp.cron === null ? 0 : nextLook(schedule, clock.now(), 0);
    while (!stopped) {
      const now = clock.now();
      const pause = Math.max(next - now, quietFor(schedule, now));
      if (pause > 0) {
        // A clock may be set, so that no sleep is longer than a minute.
        await stopping.sleep(Math.min(pause, 60_000));
        continue;
      }
      const failure = await look(offer);
      if (stopped) return;
      if (failure === null) {
        const due = readiness.nextDue() ?? Number.POSITIVE_INFINITY;
        const soonest = clock.now() + Math.min(SHORTEST_PAUSE, pickUp.every);
        next = Math.max(soonest, Math.min(nextLook(schedule, now, Math.random()), due));
      } else {
        next = clock.now() + failure;
      }
    }
  }

  return {
    connection: id,
    partnerId,
    async start(offer) {
      running = run(offer);
    },
    async stop() {
      stopped = true;
      stopping.ring();
      await running;
    },
  };
}

/** The error of a folder that the server does not let us list. */
function unlisted(folder: string, error: unknown): unknown {
  if (!isFault(error, 'denied', 'missing')) return error;
  const remedy = 'Compare "pickUp" with what the partner gave out; the partner lets us list the folder.';
  return new GatewayError('PICK_UP_DENIED', `${folder} cannot be listed: ${messageOf(error)}. ${remedy}`, {
    cause: error,
  });
}
