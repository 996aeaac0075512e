import type { Row } from '../row.ts';

export const row: Row = {
  number: 8,
  title: 'kill -9 after a webhook was answered, before that is recorded',
  gate: false,
  notYet: 'nobody can subscribe to events yet',
};
