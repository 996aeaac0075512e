import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Row } from '../row.ts';

const SECONDS = 60;
const USUAL = 5;
const BURST = 50;
/** A refusal is honest, an error or a hung-up connection is not. */
const HONEST = [202, 429, 503];

export const row: Row = {
  number: 68,
  title: 'ten times as much comes for a while',
  gate: false,
  run: async (stage) => {
    await stage.open();
    const gateway = await stage.start();
    const sending: Promise<void>[] = [];
    const send = async (seconds: number, each: number): Promise<void> => {
      for (let second = 0; second < seconds; second++) {
        sending.push(stage.sender.send(stage.offers(each), ['http']));
        await pause(1_000);
      }
    };
    await send(5, USUAL);
    const seconds = stage.count ?? SECONDS;
    await send(seconds, BURST);
    await send(5, USUAL);
    stage.say(`${seconds} seconds of ${BURST} files a second, after and before ${USUAL}`);
    await Promise.all(sending);
    const statuses = Map.groupBy(stage.sender.answers, ({ status }) => status);
    stage.say([...statuses].map(([status, answers]) => `${answers.length} answered ${status}`).join(', '));
    assert.deepEqual(
      [...statuses.keys()].filter((status) => !HONEST.includes(status)),
      [],
    );
    assert.ok(gateway.running(), gateway.log());
    await stage.prove();
  },
};
