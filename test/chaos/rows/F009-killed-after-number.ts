import type { Row } from '../row.ts';

export const row: Row = {
  number: 9,
  title: 'kill -9 after a control number was taken, before the document is sent',
  gate: false,
  notYet: 'documents are not sent yet',
};
