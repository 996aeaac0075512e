import type { Row } from '../row.ts';

export const row: Row = {
  number: 75,
  title: 'the name service fails, or gives a wrong answer',
  gate: false,
  notYet: 'documents are not sent yet',
};
