import { assertNoOrphans } from '../archive-content.ts';
import { killedAt } from '../killed-at.ts';
import type { Row } from '../row.ts';

export const row: Row = {
  number: 3,
  title: 'kill -9 after the rename, before the commit',
  gate: true,
  run: async (stage) => {
    await killedAt(stage, 'ingest.before_commit', 3);
    await assertNoOrphans(stage);
  },
};
