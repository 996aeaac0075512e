import { fullArchive } from '../full-archive.ts';
import type { Row } from '../row.ts';

export const row: Row = {
  number: 28,
  title: 'the disk of the archive is full',
  gate: true,
  root: true,
  run: (stage) => fullArchive(stage, { first: 'size=64k', after: null, again: 'size=64m' }),
};
