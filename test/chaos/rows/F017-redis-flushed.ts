import { setTimeout as pause } from 'node:timers/promises';
import { POSTGRES } from '../../support/servers/postgres.ts';
import { REDIS } from '../../support/servers/redis.ts';
import type { Row } from '../row.ts';

const SECONDS = 60;
const OFFERS_A_SECOND = 20;

export const row: Row = {
  number: 17,
  title: 'Redis flushed each second, under load',
  gate: { file: 'test/gateway/many.test.ts', title: 'divide the roles, and Redis may be flushed at any moment' },
  needs: [POSTGRES.software, REDIS.software],
  run: async (stage) => {
    const redis = await stage.redis();
    await stage.open({ CROSSDOCK_DATABASE_URL: await stage.database(), CROSSDOCK_REDIS_URL: redis.url });
    await stage.start({ options: ['--roles', 'work'] });
    await stage.start({ options: ['--roles', 'receive,serve'] });
    const sending: Promise<void>[] = [];
    const seconds = stage.count ?? SECONDS;
    for (let second = 0; second < seconds; second++) {
      sending.push(stage.sender.send(stage.offers(OFFERS_A_SECOND)));
      await pause(1_000);
      await redis.ask('FLUSHALL');
    }
    stage.say(`${seconds} times FLUSHALL, a second apart`);
    await Promise.all(sending);
    await stage.prove();
  },
};
