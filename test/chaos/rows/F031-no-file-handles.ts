import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Row } from '../row.ts';

const MILLISECONDS = 5_000;

export const row: Row = {
  number: 31,
  title: 'the process has no file handles left',
  gate: false,
  run: async (stage) => {
    await stage.open();
    const gateway = await stage.start();
    await stage.sender.send(stage.offers(10));
    const used = readdirSync(`/proc/${gateway.pid}/fd`).length;
    execFileSync('prlimit', ['--pid', String(gateway.pid), `--nofile=${used + 1}:`]);
    stage.say(`the process may have ${used + 1} file handles and has ${used}`);
    const sending = stage.sender.send(stage.offers(60));
    await pause(MILLISECONDS);
    assert.ok(gateway.running(), gateway.log());
    execFileSync('prlimit', ['--pid', String(gateway.pid), '--nofile=1024:']);
    stage.say('it may have 1024');
    await sending;
    await stage.prove();
  },
};
