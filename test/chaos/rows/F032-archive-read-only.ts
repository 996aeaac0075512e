import { fullArchive } from '../full-archive.ts';
import type { Row } from '../row.ts';

export const row: Row = {
  number: 32,
  title: 'the archive becomes read-only',
  gate: false,
  root: true,
  run: (stage) => fullArchive(stage, { first: 'size=64m', after: 'ro', again: 'rw' }),
};
