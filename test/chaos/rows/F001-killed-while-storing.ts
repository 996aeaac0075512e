import { assertNoOrphans } from '../archive-content.ts';
import { killedAt } from '../killed-at.ts';
import type { Row } from '../row.ts';

export const row: Row = {
  number: 1,
  title: 'kill -9 while bytes are stored',
  gate: true,
  run: async (stage) => {
    await killedAt(stage, 'ingest.spool', 3);
    await assertNoOrphans(stage);
  },
};
