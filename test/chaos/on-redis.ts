import type { RedisServer } from '../support/servers/redis.ts';
import type { ChaosProxy } from './proxy.ts';
import type { Stage } from './stage.ts';

/** What happens to Redis while two gateways are woken by it. */
export interface RedisFaults {
  readonly redis: RedisServer;
  /** The way from the gateways to it. */
  readonly proxy: ChaosProxy;
  /** Offers so many files, and resolves when all are dropped or answered. */
  readonly load: (offers: number) => Promise<void>;
}

/** One gateway receives and one works, on one PostgreSQL; all must be done after `act`. */
export async function onRedis(stage: Stage, act: (faults: RedisFaults) => Promise<void>): Promise<void> {
  const redis = await stage.redis();
  const proxy = await stage.proxy(redis.port);
  await stage.open({
    CROSSDOCK_DATABASE_URL: await stage.database(),
    CROSSDOCK_REDIS_URL: `redis://127.0.0.1:${proxy.port}`,
  });
  await stage.start({ options: ['--roles', 'work'] });
  await stage.start({ options: ['--roles', 'receive,serve'] });
  await act({ redis, proxy, load: (offers) => stage.sender.send(stage.offers(offers)) });
  await stage.prove();
}
