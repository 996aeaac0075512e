import { killedAt } from '../killed-at.ts';
import type { Row } from '../row.ts';

export const row: Row = {
  number: 2,
  title: 'kill -9 after the flush, before the rename',
  gate: true,
  run: (stage) => killedAt(stage, 'ingest.before_rename', 5),
};
