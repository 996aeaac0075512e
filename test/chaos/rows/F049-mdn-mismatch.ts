import type { Row } from '../row.ts';

export const row: Row = {
  number: 49,
  title: 'an MDN with another MIC, a bad signature, or a failure',
  gate: { file: 'test/transports/as2/traps-security.test.ts', title: '18: what a partner must do' },
};
