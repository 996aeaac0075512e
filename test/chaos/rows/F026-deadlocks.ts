import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { POSTGRES } from '../../support/servers/postgres.ts';
import { onPostgres } from '../on-postgres.ts';
import type { Row } from '../row.ts';

const ROUNDS = 20;

export const row: Row = {
  number: 26,
  title: 'PostgreSQL ends transactions that wait for each other',
  gate: false,
  needs: [POSTGRES.software],
  run: (stage) =>
    onPostgres(stage, async ({ load }) => {
      const connectionString = stage.place.env.CROSSDOCK_DATABASE_URL;
      const other = new Client({ connectionString });
      await other.connect();
      try {
        // Our side waits for longer, so that it is the gateway's transaction that is ended.
        await other.query("set deadlock_timeout = '20s'");
        const deadlocks = async (): Promise<number> => {
          const { rows } = await other.query<{ deadlocks: string }>(
            'select deadlocks from pg_stat_database where datname = current_database()',
          );
          return Number(rows[0]?.deadlocks);
        };
        let lost = 0;
        for (let round = 0; round < (stage.count ?? ROUNDS); round++) {
          const loading = load(12);
          // Those of the gateway write files, documents and events before work, and hold work while they wait.
          await other.query('begin');
          try {
            await other.query('lock table files in share mode');
            await pause(50 + stage.random.below(400));
            await other.query('lock table work, documents, events in access exclusive mode');
          } catch {
            lost += 1;
          }
          await other.query('rollback');
          await loading;
        }
        const found = await deadlocks();
        stage.say(`${found} deadlocks, ${lost} of them at the cost of the other side`);
        assert.ok(found > lost, 'the gateway lost none');
      } finally {
        await other.end();
      }
    }),
};
