import type { Row } from '../row.ts';

export const row: Row = {
  number: 10,
  title: 'kill -9 after an AS2 message was sent, before its MDN is stored',
  gate: false,
  notYet: 'documents are not sent yet',
};
