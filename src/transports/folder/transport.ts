import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { GatewayError, messageOf } from '../../errors.ts';
import { connectionName } from '../../partners/connection-name.ts';
import type { FolderConnection } from '../../partners/types.ts';
import { createBell } from '../../util/bell.ts';
import type { Clock } from '../../util/clock.ts';
import { type Log, logOf } from '../../util/log.ts';
import { type Breaker, createBreaker } from '../breaker.ts';
import type { Arrival, ReceivingTransport } from '../types.ts';
import { type ArrivalOutcome, createArrival } from './arrival.ts';
import { errorCode, fileFacts } from './file-facts.ts';
import { pathOf, shownName } from './file-name.ts';
import { createListing } from './listing.ts';
import { createReadiness, type ReadyFile } from './readiness.ts';
import { watchFolder } from './watch.ts';

export interface FolderTransportOptions {
  readonly connection: FolderConnection;
  readonly pickUp: NonNullable<FolderConnection['pickUp']>;
  readonly partnerId: string;
  /** A relative `pickUp` is under it. */
  readonly dataFolder: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Files in one offer, at most. */
  readonly batch: number;
  /** Says when to look again after a failure; one that tells nobody unless told otherwise. */
  readonly breaker?: Breaker;
}

/** Shortest pause between two looks, however often the watcher rings. */
const SHORTEST_PAUSE = 100;
/** The system says so where a folder is not there, or not for us. */
const CLOSED: ReadonlySet<unknown> = new Set(['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM']);

/**
 * Picks up files from a folder. A watcher wakes it, a listing decides; the listing alone suffices. What the receiver does
 * not take is offered again after `every`; what the system does not let us take is logged once and offered again only
 * when it changed.
 */
export function createFolderTransport(options: FolderTransportOptions): ReceivingTransport {
  const { connection, pickUp, partnerId, dataFolder, clock, batch, breaker = createBreaker() } = options;
  const folder = resolve(dataFolder, pickUp.folder);
  const id = connectionName('folder', partnerId, connection.id);
  const log = logOf(options.log, id);
  const readiness = createReadiness(folder, connection.ready, connection.every);
  const list = createListing(folder, pickUp.pattern, connection.ready, readiness);
  const suffix = connection.ready.by === 'marker' ? Buffer.from(connection.ready.suffix).toString('latin1') : null;
  const changes = createBell();
  const stopping = createBell();
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  let stopWatching = async (): Promise<void> => {};
  let fault: string | null = null;
  let listingTook = 0;

  /** One batch: what is still as it was listed is offered, and what stays is remembered. */
  async function offerBatch(files: readonly ReadyFile[], offer: (arrivals: readonly Arrival[]) => Promise<void>) {
    const taken = new Set<ReadyFile>();
    const refused = new Set<ReadyFile>();
    const offered: ReadyFile[] = [];
    const arrivals: Arrival[] = [];
    const complete = await Promise.all(files.map(isComplete));
    for (const [index, file] of files.entries()) {
      if (complete[index] !== true) continue;
      offered.push(file);
      arrivals.push(
        createArrival(folder, file, suffix === null ? null : file.raw + suffix, outcomeOf(file, taken, refused)),
      );
    }
    try {
      if (arrivals.length > 0) await offer(arrivals);
    } finally {
      const now = clock.now();
      for (const file of offered) if (!taken.has(file)) readiness.stayed(file, now, refused.has(file));
    }
  }

  /** Whether it is still as it was listed, and looks finished. */
  async function isComplete(file: ReadyFile): Promise<boolean> {
    const facts = await fileFacts(pathOf(folder, file.raw));
    return facts?.fingerprint === file.facts.fingerprint && !(await readiness.hold(file, clock.now()));
  }

  function outcomeOf(file: ReadyFile, taken: Set<ReadyFile>, refused: Set<ReadyFile>): ArrivalOutcome {
    return {
      taken: () => taken.add(file),
      refused(doing, error) {
        if (refused.has(file)) return;
        refused.add(file);
        const details = { folder, file: shownName(file.raw), error: messageOf(error) };
        const remedy = `Let this user ${doing === 'read' ? 'read the file' : 'write to the folder'}, or take the file away.`;
        const sentence = `The file may not be ${doing === 'read' ? 'read' : 'removed'}; it stays and is left alone until it changes.`;
        log.error(details, `${sentence} ${remedy}`);
      },
    };
  }

  /** Offers everything that is ready; answers the pause after a failure, null when all went well. */
  async function look(offer: (arrivals: readonly Arrival[]) => Promise<void>): Promise<number | null> {
    try {
      const began = clock.now();
      const files = await list(began).catch((error: unknown) => {
        throw unlisted(folder, error);
      });
      listingTook = clock.now() - began;
      for (let from = 0; from < files.length && !stopped; from += batch) {
        await offerBatch(files.slice(from, from + batch), offer);
      }
      if (fault !== null) log.info({ folder }, 'The folder works again.');
      fault = null;
      breaker.well();
      return null;
    } catch (error) {
      if (stopped) return 0;
      const message = messageOf(error);
      if (message !== fault) {
        log.error({ folder, error: message }, 'Files of the folder could not be received; it is tried again.');
      }
      fault = message;
      return breaker.failed(error);
    }
  }

  async function run(offer: (arrivals: readonly Arrival[]) => Promise<void>): Promise<void> {
    while (!stopped) {
      const began = clock.now();
      const pause = await look(offer);
      if (stopped) return;
      if (pause !== null) {
        await stopping.sleep(pause);
        continue;
      }
      // Listing a full folder takes long; as much time is left to others.
      await stopping.sleep(Math.max(SHORTEST_PAUSE, listingTook));
      if (stopped) return;
      const due = Math.min(readiness.nextDue() ?? Number.POSITIVE_INFINITY, began + connection.every) - clock.now();
      if (due > 0) await changes.sleep(Math.min(due, connection.every));
    }
  }

  return {
    connection: id,
    partnerId,
    async start(offer) {
      await mkdir(folder, { recursive: true }).catch((error: unknown) => {
        log.error({ folder, error: messageOf(error) }, 'The folder cannot be made; it is tried again.');
      });
      stopWatching = watchFolder(folder, changes.ring, log);
      running = run(offer);
    },
    async stop() {
      stopped = true;
      stopping.ring();
      changes.ring();
      await stopWatching();
      await running;
    },
  };
}

/** The error of a folder that cannot be listed. */
function unlisted(folder: string, error: unknown): unknown {
  if (!CLOSED.has(errorCode(error))) return error;
  const remedy = 'Let this user list the folder and remove files there.';
  return new GatewayError('PICK_UP_DENIED', `${folder} cannot be listed: ${messageOf(error)}. ${remedy}`, {
    cause: error,
  });
}
