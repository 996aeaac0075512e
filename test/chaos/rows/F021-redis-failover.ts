import { POSTGRES } from '../../support/servers/postgres.ts';
import { REDIS } from '../../support/servers/redis.ts';
import { onRedis } from '../on-redis.ts';
import type { Row } from '../row.ts';

export const row: Row = {
  number: 21,
  title: 'Redis fails over to an empty replica',
  gate: false,
  needs: [POSTGRES.software, REDIS.software],
  run: (stage) =>
    onRedis(stage, async ({ proxy, load }) => {
      const loading = load(60);
      proxy.lead((await stage.redis()).port);
      proxy.cut();
      stage.say('connections cut; the address leads to an empty Redis');
      await loading;
      await load(30);
    }),
};
