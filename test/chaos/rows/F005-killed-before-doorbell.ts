import { killedAt } from '../killed-at.ts';
import type { Row } from '../row.ts';

export const row: Row = {
  number: 5,
  title: 'kill -9 after the commit, before anybody is told',
  gate: true,
  run: (stage) => killedAt(stage, 'ingest.after_commit', 3),
};
