import assert from 'node:assert/strict';
import { POSTGRES } from '../../support/servers/postgres.ts';
import { REDIS } from '../../support/servers/redis.ts';
import type { Row } from '../row.ts';

export const row: Row = {
  number: 20,
  title: 'Redis with a policy that evicts, and keeps nothing, when a gateway starts',
  gate: false,
  needs: [POSTGRES.software, REDIS.software],
  run: async (stage) => {
    const redis = await stage.redis();
    await redis.ask('CONFIG SET maxmemory-policy allkeys-lru');
    await redis.ask('CONFIG SET appendonly no');
    stage.say('CONFIG SET maxmemory-policy allkeys-lru, appendonly no');
    await stage.open({ CROSSDOCK_DATABASE_URL: await stage.database(), CROSSDOCK_REDIS_URL: redis.url });
    const { log } = await stage.start();
    await stage.sender.send(stage.offers(30));
    await stage.prove();
    assert.match(log(), /noeviction/);
  },
};
