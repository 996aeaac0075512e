import { eventually } from '../../support/eventually.ts';
import { POSTGRES } from '../../support/servers/postgres.ts';
import { REDIS } from '../../support/servers/redis.ts';
import { onRedis } from '../on-redis.ts';
import type { Row } from '../row.ts';

export const row: Row = {
  number: 19,
  title: 'Redis has no memory left and evicts nothing',
  gate: false,
  needs: [POSTGRES.software, REDIS.software],
  run: (stage) =>
    onRedis(stage, async ({ redis, load }) => {
      await load(20);
      await redis.ask('CONFIG SET maxmemory 1');
      stage.say('CONFIG SET maxmemory 1');
      await load(40);
      await eventually('the log says that Redis does not help', () =>
        /Redis does not answer/.test(stage.gateway.log()),
      );
      await redis.ask('CONFIG SET maxmemory 0');
      stage.say('CONFIG SET maxmemory 0');
      await load(20);
    }),
};
