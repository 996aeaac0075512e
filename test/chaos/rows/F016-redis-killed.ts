import { POSTGRES } from '../../support/servers/postgres.ts';
import { REDIS } from '../../support/servers/redis.ts';
import { onRedis } from '../on-redis.ts';
import type { Row } from '../row.ts';

export const row: Row = {
  number: 16,
  title: 'Redis killed with kill -9, and an empty one in its place',
  gate: true,
  needs: [POSTGRES.software, REDIS.software],
  run: (stage) =>
    onRedis(stage, async ({ redis, proxy, load }) => {
      await load(30);
      process.kill(redis.pid, 'SIGKILL');
      proxy.cut();
      stage.say('kill -9 of Redis');
      await load(30);
      proxy.lead((await stage.redis()).port);
      stage.say('an empty Redis in its place');
      await load(30);
    }),
};
