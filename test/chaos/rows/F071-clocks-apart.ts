import { POSTGRES } from '../../support/servers/postgres.ts';
import { createClock, FAKETIME } from '../clock.ts';
import type { Row } from '../row.ts';

const MINUTES = 5;
const OFFERS = 120;

export const row: Row = {
  number: 71,
  title: 'the clocks of two gateways on one database are five minutes apart',
  gate: false,
  needs: [POSTGRES.software, FAKETIME],
  run: async (stage) => {
    for (const minutes of [MINUTES, -MINUTES]) {
      await stage.open({ CROSSDOCK_DATABASE_URL: await stage.database() });
      const clock = createClock(stage);
      clock.shift(60 * minutes);
      // Long enough that the other one looks at what is held in the meantime.
      const FAILPOINTS = 'work.before_record=delay:1500';
      await stage.start({ env: { ...clock.env, FAILPOINTS } });
      await stage.start({ env: { FAILPOINTS } });
      for (let part = 0; part < 4; part++) await stage.sender.send(stage.offers(OFFERS / 4));
      await stage.prove();
    }
  },
};
