import assert from 'node:assert/strict';
import { POSTGRES } from '../../support/servers/postgres.ts';
import { onPostgres } from '../on-postgres.ts';
import type { Row } from '../row.ts';

const TIMES = 5;

export const row: Row = {
  number: 25,
  title: 'the connection to PostgreSQL is cut right at COMMIT, before and after the server saw it',
  gate: true,
  needs: [POSTGRES.software],
  run: (stage) =>
    onPostgres(stage, async ({ proxy, load }) => {
      await load(10);
      for (const delivered of [false, true]) {
        const before = proxy.cuts;
        proxy.set({ cutAt: { bytes: 'commit', delivered, times: TIMES } });
        await load(40);
        stage.say(`${proxy.cuts - before} times cut at COMMIT, ${delivered ? 'after' : 'before'} the server saw it`);
        assert.equal(proxy.cuts - before, TIMES);
      }
    }),
};
