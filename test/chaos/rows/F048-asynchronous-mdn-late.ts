import type { Row } from '../row.ts';

export const row: Row = {
  number: 48,
  title: 'an asynchronous MDN that comes late, twice, or for nothing known',
  gate: { file: 'test/transports/as2/traps-exchange.test.ts', title: '11: asynchronous MDNs' },
};
