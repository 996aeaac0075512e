import { killedAt } from '../killed-at.ts';
import type { Row } from '../row.ts';

export const row: Row = {
  number: 7,
  title: 'kill -9 between the events and the states of their documents',
  gate: true,
  run: (stage) => killedAt(stage, 'ledger.after_events', 2),
};
