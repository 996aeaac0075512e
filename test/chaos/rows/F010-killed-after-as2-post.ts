import type { Row } from '../row.ts';

export const row: Row = {
  number: 10,
  title: 'kill -9 after an AS2 message was sent, before its MDN is stored',
  gate: {
    file: 'test/gateway/outbound-as2.test.ts',
    title: 'sends a message once, whose MDN was lost with the process, under the same Message-ID',
  },
};
