import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../../support/eventually.ts';
import { POSTGRES } from '../../support/servers/postgres.ts';
import type { Row } from '../row.ts';

export const row: Row = {
  number: 15,
  title: 'a worker is halted beyond its lease, and goes on when another one has done its work',
  gate: {
    file: 'test/gateway/many.test.ts',
    title: 'go on when the one that polls is halted, and what it does when it goes on counts once',
  },
  needs: [POSTGRES.software],
  run: async (stage) => {
    await stage.open({ CROSSDOCK_DATABASE_URL: await stage.database() });
    const FAILPOINTS = 'work.before_record=delay:3000@1';
    const halted = await stage.start({ options: ['--roles', 'work'], env: { FAILPOINTS } });
    const other = await stage.start({ options: ['--roles', 'receive,serve'] });
    await stage.sender.send(stage.offers(40));
    const waiting = async () => (await other.documents('state=received')).length;
    await eventually('documents wait in the hands of the worker', async () => (await waiting()) > 0, 30);
    // It has translated them and is about to record.
    await pause(1_000);
    process.kill(halted.pid, 'SIGSTOP');
    stage.say(`SIGSTOP to the worker while ${await waiting()} documents are its`);
    await stage.start({ options: ['--roles', 'work'] });
    await eventually('another one did the work', async () => (await waiting()) === 0, 120);
    process.kill(halted.pid, 'SIGCONT');
    stage.say('SIGCONT: it records what it had translated');
    await pause(4_000);
    assert.ok(halted.running(), halted.log());
    await stage.prove();
  },
};
