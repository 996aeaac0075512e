import type { Row } from '../row.ts';

export const row: Row = {
  number: 66,
  title: 'webhooks that fail, hang, redirect, or are gone',
  gate: false,
  notYet: 'nobody can subscribe to events yet',
};
