import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { POSTGRES } from '../test/support/servers/postgres.ts';
import { REDIS } from '../test/support/servers/redis.ts';
import { type BenchProcess, createBenchPlace } from './gateway.ts';
import type { Row } from './report.ts';
import { stage } from './stage.ts';

/** Files of one partner are split by one process at a time, so that there must be several. */
const PARTNERS = ['east', 'west', 'north', 'south'].map((id) => ({ id, sender: `BENCH${id.toUpperCase()}` }));
/** Files of each partner. */
const FILES = 500;
const ALL_FILES = 1_500;
/** The part of the work that is done before the clock runs, and both workers must have begun. */
const WARM_UP = 0.25;
/** Between two looks, in milliseconds. */
const LOOK = 50;

/**
 * Files of four partners wait in a PostgreSQL (fsync on), received by a process of its own. Then one or two workers begin; what
 * counts is how fast the later three quarters of their events reach the feed. All of it shares the machine, the database too.
 */
export async function benchmarkScaled(all: boolean): Promise<readonly Row[]> {
  const benchmark = 'scaled: workers on PostgreSQL (fsync on) and Redis, same machine';
  const files = all ? ALL_FILES : FILES;
  const text = `${(files * PARTNERS.length).toLocaleString('en-US')} documents of 10 kB waiting`;
  const postgres = await POSTGRES.own();
  const redis = await REDIS.own();
  try {
    await postgres.makeDurable();
    const rates: number[] = [];
    for (const workers of [1, 2]) {
      await redis.ask('FLUSHALL');
      const environment = {
        CROSSDOCK_DATABASE_URL: await postgres.createDatabase(),
        CROSSDOCK_REDIS_URL: redis.url,
      };
      rates.push(await rateOf(workers, files, environment));
    }
    const [one = 0, two = 0] = rates;
    return [
      { benchmark, case: `${text}, one worker`, unit: 'documents/s', median: one },
      { benchmark, case: `${text}, two workers`, unit: 'documents/s', median: two },
      { benchmark, case: 'two workers against one', unit: 'times', median: two / one, note: 'floor 1.6, goal 1.9' },
    ];
  } finally {
    await redis.stop();
    await postgres.stop();
  }
}

/** Documents a second. */
async function rateOf(workers: number, files: number, environment: Readonly<Record<string, string>>): Promise<number> {
  const place = await createBenchPlace(PARTNERS);
  const running: BenchProcess[] = [];
  const start = async (role: string): Promise<BenchProcess> => {
    const started = await place.start({ arguments: ['--roles', role], environment });
    running.push(started);
    return started;
  };
  try {
    const receiver = await start('receive');
    for (const partner of PARTNERS) {
      const { id, sender } = partner;
      for (const { name } of await stage(place.staging, id, { files, sender })) {
        await rename(join(place.staging, name), join(place.dropOf(partner), name));
      }
    }
    // A file is taken when it stands in the ledger.
    for (const partner of PARTNERS) while ((await readdir(place.dropOf(partner))).length > 0) await pause(LOOK);
    let ready = false;
    const started = Promise.all(Array.from({ length: workers }, () => start('work'))).then(() => {
      ready = true;
    });
    const total = files * PARTNERS.length;
    let seen = 0;
    let after: string | null = null;
    let counted: { readonly from: number; readonly at: number } | null = null;
    while (seen < total) {
      const { items, next } = await receiver.events(after);
      after = next;
      seen += items.length;
      if (counted === null && ready && seen >= WARM_UP * total) counted = { from: seen, at: performance.now() };
      if (items.length === 0) await pause(LOOK);
    }
    await started;
    if (counted === null) throw new Error('The work was done before every worker had begun. Give it more files.');
    return (total - counted.from) / ((performance.now() - counted.at) / 1000);
  } finally {
    await Promise.all(running.map((process) => process.stop()));
    await place.remove();
  }
}
