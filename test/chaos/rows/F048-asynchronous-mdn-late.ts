import type { Row } from '../row.ts';

export const row: Row = {
  number: 48,
  title: 'an asynchronous MDN that never comes, comes late, twice, or for nothing known',
  gate: { file: 'test/gateway/as2-late-mdn.test.ts', title: 'an MDN that comes later' },
};
