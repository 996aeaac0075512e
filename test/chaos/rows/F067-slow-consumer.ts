import type { Row } from '../row.ts';

export const row: Row = {
  number: 67,
  title: 'a consumer that is slow for an hour',
  gate: false,
  notYet: 'nobody can subscribe to events yet',
};
