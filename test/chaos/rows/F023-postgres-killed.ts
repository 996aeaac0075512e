import { POSTGRES } from '../../support/servers/postgres.ts';
import { onPostgres } from '../on-postgres.ts';
import type { Row } from '../row.ts';

export const row: Row = {
  number: 23,
  title: 'PostgreSQL killed with kill -9 under load',
  gate: true,
  needs: [POSTGRES.software],
  run: (stage) =>
    onPostgres(stage, async ({ postgres, load }) => {
      await load(20);
      const loading = load(60);
      await postgres.restart('kill');
      stage.say('kill -9 of PostgreSQL, which started again');
      await loading;
    }),
};
