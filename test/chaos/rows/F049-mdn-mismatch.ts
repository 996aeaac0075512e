import type { Row } from '../row.ts';

export const row: Row = {
  number: 49,
  title: 'an MDN with another MIC, a bad signature, or a failure',
  gate: false,
  notYet: 'documents are not sent yet',
};
