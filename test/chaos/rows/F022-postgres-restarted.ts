import assert from 'node:assert/strict';
import { POSTGRES } from '../../support/servers/postgres.ts';
import { onPostgres } from '../on-postgres.ts';
import type { Row } from '../row.ts';

export const row: Row = {
  number: 22,
  title: 'PostgreSQL restarted under load',
  gate: true,
  needs: [POSTGRES.software],
  run: (stage) =>
    onPostgres(stage, async ({ postgres, load }) => {
      await load(20);
      const before = stage.sender.answers.length;
      const loading = load(60);
      await postgres.restart('fast');
      stage.say('PostgreSQL restarted, fast');
      await loading;
      const answers = stage.sender.answers.slice(before);
      const refused = answers.filter(({ status }) => status !== 202);
      stage.say(`${refused.length} of ${answers.length} posts were refused meanwhile`);
      assert.ok(refused.length > 0);
      for (const { status, retryAfter } of refused) {
        assert.equal(status, 503);
        assert.match(retryAfter ?? '', /^\d+$/, 'a refusal says when to come again');
      }
    }),
};
