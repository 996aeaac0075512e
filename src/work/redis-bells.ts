import { setTimeout as pause } from 'node:timers/promises';
import type { Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { messageOf } from '../errors.ts';
import type { WorkKind } from '../ledger/types.ts';
import { type Bell, createBell } from '../util/bell.ts';
import type { Bells } from './bell.ts';
import type { WorkLog } from './types.ts';

export interface RedisBellsOptions {
  /** `redis://host:6379`. */
  readonly url: string;
  readonly log: WorkLog;
  /** Keeps the queues of one gateway apart from those of another in the same Redis. */
  readonly prefix?: string;
}

/** Rings of one process within this time are one, in milliseconds. */
const GATHER = 20;
/** How long a connection may take, and a farewell, in milliseconds. */
const CONNECTING = 5_000;
const CLOSING = 1_000;
/** Longest pause between two tries to connect, in milliseconds. */
const RECONNECTING = 2_000;

/**
 * Bells that ring in every process on one Redis, through BullMQ. A job says which kind of work is due, and nothing else: what
 * is due stands in the ledger. So Redis may lose everything at any moment; whoever sleeps looks at the ledger by itself.
 */
export async function openRedisBells({ url, log, prefix = 'crossdock' }: RedisBellsOptions): Promise<Bells> {
  // Loaded here so that a gateway without Redis does not wait for it.
  const [{ Queue, Worker }, { Redis }] = await Promise.all([import('bullmq'), import('ioredis')]);
  const faults = createFaultLog(log);
  const clients: Redis[] = [];
  const keep = (client: Redis): Redis => {
    clients.push(client);
    client.on('error', faults.happened);
    const { duplicate } = client;
    // BullMQ makes one more for itself, and forgets it when Redis is gone.
    client.duplicate = (options) => keep(duplicate.call(client, options));
    return client;
  };
  const connect = (options: {
    readonly enableOfflineQueue: boolean;
    readonly maxRetriesPerRequest: number | null;
  }): Redis =>
    keep(
      new Redis(url, {
        connectTimeout: CONNECTING,
        retryStrategy: (times: number) => Math.min(times * 100, RECONNECTING),
        ...options,
      }),
    );
  const open = (kind: WorkKind): RedisBell => {
    const queue = new Queue(`work-${kind}`, {
      prefix,
      connection: connect({ enableOfflineQueue: false, maxRetriesPerRequest: 1 }),
      defaultJobOptions: { attempts: 1, removeOnComplete: true, removeOnFail: true },
    });
    const local = createBell();
    const worker = new Worker(
      `work-${kind}`,
      async () => {
        faults.passed();
        local.ring();
      },
      { prefix, connection: connect({ enableOfflineQueue: true, maxRetriesPerRequest: null }) },
    );
    queue.on('error', faults.happened);
    worker.on('error', faults.happened);
    return { queue, worker, bell: overRedis(local, queue, kind, faults.happened) };
  };
  const bells: Readonly<Record<WorkKind, RedisBell>> = {
    split: open('split'),
    translate: open('translate'),
    deliver: open('deliver'),
    reconcile: open('reconcile'),
    expect: open('expect'),
  };
  return {
    of: (kind) => bells[kind].bell,
    answers: faults.answers,
    close: async () => {
      const farewells = Object.values(bells).flatMap(({ queue, worker }) => [worker.close(true), queue.close()]);
      await Promise.race([Promise.allSettled(farewells), pause(CLOSING)]);
      for (const client of clients) client.disconnect();
    },
  };
}

interface RedisBell {
  readonly bell: Bell;
  readonly queue: Queue;
  readonly worker: Worker;
}

/** Rings here at once and elsewhere a moment later; many rings in that moment are one. */
function overRedis(local: Bell, queue: Queue, kind: WorkKind, happened: (error: unknown) => void): Bell {
  let gathering = false;
  return {
    sleep: (most) => local.sleep(most),
    ring: () => {
      local.ring();
      if (gathering) return;
      gathering = true;
      setTimeout(() => {
        gathering = false;
        queue.add('due', { kind }).catch(happened);
      }, GATHER).unref();
    },
  };
}

/** Says once that Redis does not answer, and once that it does again. */
function createFaultLog(log: WorkLog) {
  let silent = false;
  return {
    answers: (): boolean => !silent,
    happened: (error: unknown): void => {
      if (silent) return;
      silent = true;
      log.warn({ error: messageOf(error) }, 'Redis does not answer; work waits for the next look at the ledger.');
    },
    passed: (): void => {
      if (silent) log.warn({}, 'Redis answers again.');
      silent = false;
    },
  };
}
