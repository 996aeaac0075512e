import assert from 'node:assert/strict';
import { Client } from 'pg';
import { eventually } from '../../support/eventually.ts';
import { POSTGRES } from '../../support/servers/postgres.ts';
import type { Row } from '../row.ts';

export const row: Row = {
  number: 72,
  title: 'two gateways are started on the same configuration at once',
  gate: {
    file: 'test/gateway/many.test.ts',
    title: 'poll each source once, share the work, and stop one after the other without a trace',
  },
  needs: [POSTGRES.software],
  run: async (stage) => {
    // One data folder with SQLite has one owner.
    await stage.open();
    await stage.start();
    const owner = stage.gateway;
    await assert.rejects(stage.start(), /DATA_FOLDER_IN_USE|another gateway/i);
    assert.ok(owner.running());
    await stage.sender.send(stage.offers(10));
    await stage.prove();

    await stage.open({ CROSSDOCK_DATABASE_URL: await stage.database() });
    const both = await Promise.all([stage.start(), stage.start()]);
    await stage.sender.send(stage.offers(60));
    await stage.prove();
    const client = new Client({ connectionString: stage.place.env.CROSSDOCK_DATABASE_URL });
    await client.connect();
    try {
      const held = async () =>
        (
          await client.query<{ name: string; holder: string }>(
            "select name, holder from leases where name like 'poll %' order by name",
          )
        ).rows;
      const rows = await held();
      assert.equal(rows.length, 2);
      stage.say(rows.map(({ name, holder }) => `${name} by ${holder}`).join(', '));
      // Whoever is left polls both in the end.
      await both[0]?.kill9();
      stage.say('kill -9 of one of them');
      await stage.start();
      await eventually('no source is polled by the dead one', async () => {
        const now = await held();
        return now.length === 2;
      });
      await stage.sender.send(stage.offers(30), ['folder']);
      await stage.prove();
    } finally {
      await client.end();
    }
  },
};
