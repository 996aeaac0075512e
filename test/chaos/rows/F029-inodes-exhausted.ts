import { fullArchive } from '../full-archive.ts';
import type { Row } from '../row.ts';

export const row: Row = {
  number: 29,
  title: 'the file system of the archive takes no more files',
  gate: false,
  root: true,
  run: (stage) => fullArchive(stage, { first: 'nr_inodes=40', after: null, again: 'nr_inodes=10000' }),
};
