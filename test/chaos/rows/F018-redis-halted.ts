import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { POSTGRES } from '../../support/servers/postgres.ts';
import { REDIS } from '../../support/servers/redis.ts';
import { onRedis } from '../on-redis.ts';
import type { Row } from '../row.ts';

const SECONDS = 60;
const SLOWEST_ANSWER = 1_000;

export const row: Row = {
  number: 18,
  title: 'Redis halted for a minute',
  gate: false,
  needs: [POSTGRES.software, REDIS.software],
  run: (stage) =>
    onRedis(stage, async ({ redis, load }) => {
      await load(10);
      process.kill(redis.pid, 'SIGSTOP');
      stage.say('SIGSTOP to Redis');
      const before = stage.sender.answers.length;
      for (let second = 0; second < (stage.count ?? SECONDS); second++) {
        await load(6);
        await pause(1_000);
      }
      const times = stage.sender.answers.slice(before).map(({ milliseconds }) => milliseconds);
      const slow = times.sort((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? 0;
      process.kill(redis.pid, 'SIGCONT');
      stage.say(`SIGCONT; ${times.length} posts were answered meanwhile, 99 of 100 within ${Math.round(slow)} ms`);
      assert.ok(times.length > 0);
      assert.ok(slow < SLOWEST_ANSWER);
      await load(10);
    }),
};
