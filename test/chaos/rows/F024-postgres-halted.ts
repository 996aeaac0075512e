import { setTimeout as pause } from 'node:timers/promises';
import { POSTGRES } from '../../support/servers/postgres.ts';
import { childrenOf } from '../../support/servers/processes.ts';
import { onPostgres } from '../on-postgres.ts';
import type { Row } from '../row.ts';

const SECONDS = 60;

export const row: Row = {
  number: 24,
  title: 'PostgreSQL halted for a minute, then behind a network that swallows everything',
  gate: false,
  needs: [POSTGRES.software],
  run: (stage) =>
    onPostgres(stage, async ({ postgres, proxy, load }) => {
      const milliseconds = 1_000 * (stage.count ?? SECONDS);
      await load(10);
      let loading = load(30);
      const processes = [postgres.pid, ...childrenOf(postgres.pid)];
      for (const pid of processes) process.kill(pid, 'SIGSTOP');
      stage.say('SIGSTOP to PostgreSQL');
      await pause(milliseconds);
      for (const pid of processes) process.kill(pid, 'SIGCONT');
      stage.say('SIGCONT');
      await loading;
      loading = load(30);
      proxy.set({ blackhole: true });
      stage.say('what is sent to PostgreSQL is swallowed');
      await pause(milliseconds);
      proxy.cut();
      proxy.set();
      stage.say('the network is back');
      await loading;
    }),
};
