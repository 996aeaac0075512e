import { setTimeout as pause } from 'node:timers/promises';
import { createClock, FAKETIME } from '../clock.ts';
import type { Row } from '../row.ts';

const HOUR = 3_600;
const DAY = 24 * HOUR;
const OFFERS = 30;

/** Seconds from now to ten seconds before a moment. */
const shortBefore = (moment: string): number => Math.round((Date.parse(moment) - Date.now()) / 1_000) - 10;

export const row: Row = {
  number: 70,
  title: 'the clock jumps by two days and by an hour, forth and back, and comes to a change of the hour and a leap day',
  gate: false,
  needs: [FAKETIME],
  run: async (stage) => {
    await stage.open({ TZ: 'America/Chicago' });
    const clock = createClock(stage);
    // Slow steps, so that work waits and is held whenever the clock jumps.
    await stage.start({ env: { ...clock.env, FAILPOINTS: 'work.before_record=delay:500' } });
    const jumps = [2 * DAY, 0, -2 * DAY, 0, HOUR, 0, -HOUR];
    for (const jump of [
      ...jumps,
      shortBefore('2027-03-14T02:00:00-06:00'),
      shortBefore('2028-02-29T00:00:00-06:00'),
      0,
    ]) {
      const sending = stage.sender.send(stage.offers(OFFERS));
      await pause(500);
      clock.shift(jump);
      await sending;
    }
    await stage.prove();
    // A clock that was wrong until the process ended, and is right when the next one starts.
    clock.shift(2 * DAY);
    const sending = stage.sender.send(stage.offers(OFFERS));
    await pause(2_000);
    await stage.gateway.kill9();
    stage.say('kill -9');
    clock.shift(0);
    await stage.start({ env: clock.env });
    await sending;
    await stage.prove();
  },
};
