import type { Row } from '../row.ts';

export const row: Row = {
  number: 9,
  title: 'kill -9 after a control number was taken, before the document is sent',
  gate: {
    file: 'test/gateway/outbound.test.ts',
    title: 'sends the same document once after it was killed at',
  },
};
