import { killedAt } from '../killed-at.ts';
import type { Row } from '../row.ts';

export const row: Row = {
  number: 6,
  title: 'kill -9 in the middle of translating',
  gate: true,
  run: (stage) => killedAt(stage, 'work.before_translate', 7),
};
