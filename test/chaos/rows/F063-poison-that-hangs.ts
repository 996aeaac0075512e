import type { Row } from '../row.ts';

export const row: Row = {
  number: 63,
  title: 'a document that keeps the processor busy for ever',
  gate: {
    file: 'test/gateway/standstill.test.ts',
    title: 'ends the process three times, is quarantined with a cause, and holds up nobody for longer than that',
  },
};
