import { POSTGRES } from '../../support/servers/postgres.ts';
import { killAtRandom } from '../random-kills.ts';
import type { Row } from '../row.ts';

export const row: Row = {
  number: 13,
  title: 'kill -9 at random under load, on SQLite and on PostgreSQL',
  gate: { file: 'test/gateway/crash.test.ts', title: 'a gateway that is killed ten times while 2,000 files arrive' },
  needs: [POSTGRES.software],
  run: async (stage) => {
    stage.say('on SQLite');
    await stage.open();
    await killAtRandom(stage);
    stage.say('on PostgreSQL');
    await stage.open({ CROSSDOCK_DATABASE_URL: await stage.database() });
    await killAtRandom(stage);
  },
};
