import assert from 'node:assert/strict';
import { POSTGRES } from '../../support/servers/postgres.ts';
import { earlierCommit, GIT, layOutEarlier } from '../earlier-version.ts';
import type { Row } from '../row.ts';

/** Documents are done slowly, so that some are in flight whenever a version ends. */
const SLOW = { FAILPOINTS: 'work.before_record=delay:1000' } as const;

export const row: Row = {
  number: 73,
  title: 'the version before the last change of the tables, beside this one and replaced by it',
  gate: false,
  needs: [POSTGRES.software, GIT],
  unless: () => (earlierCommit() === null ? 'the checkout has no history' : null),
  run: async (stage) => {
    await stage.open();
    const onFiles = layOutEarlier(stage);
    stage.say(`SQLite, the version of ${onFiles.commit}`);
    await stage.start({ command: onFiles.command, env: SLOW });
    await stage.sender.send(stage.offers(30));
    await stage.gateway.kill9();
    await stage.start({ env: SLOW });
    stage.say('kill -9 of it; this version goes on');
    await stage.sender.send(stage.offers(30));
    await stage.prove();
    await stage.gateway.stop();
    // What a newer version has written is not guessed at.
    await assert.rejects(
      stage.start({ command: onFiles.command }),
      /Use the Crossdock version that wrote it or a newer one/,
    );
    await stage.start();
    await stage.prove();

    await stage.open({ CROSSDOCK_DATABASE_URL: await stage.database() });
    const onPostgres = layOutEarlier(stage);
    const old = await stage.start({ command: onPostgres.command, env: SLOW });
    await stage.sender.send(stage.offers(30));
    await stage.start({ env: SLOW });
    stage.say('PostgreSQL: this version beside it, on the same database');
    await stage.sender.send(stage.offers(60));
    assert.ok(old.running(), old.log());
    await stage.prove();
    const sending = stage.sender.send(stage.offers(30));
    assert.equal(await old.stop(), 0);
    stage.say('the earlier version was stopped');
    await sending;
    await stage.prove();
  },
};
