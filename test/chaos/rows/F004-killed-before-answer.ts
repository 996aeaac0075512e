import { killedAt } from '../killed-at.ts';
import type { Row } from '../row.ts';

export const row: Row = {
  number: 4,
  title: 'kill -9 after the commit, before the sender is answered',
  gate: true,
  run: (stage) => killedAt(stage, 'ingest.before_ack', 3),
};
