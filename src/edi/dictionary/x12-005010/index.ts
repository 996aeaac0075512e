import { changedTables } from '../changed-tables.ts';
import type { TableTexts } from '../parse-tables.ts';
import { x12Release004010 } from '../x12-004010/index.ts';
import { codes } from './codes.ts';
import { elements } from './elements.ts';
import { segments } from './segments.ts';
import { sets } from './sets.ts';

/**
 * Facts of X12 005010: those of 004010 where nothing else is said here. Written like those, and less certain where the
 * releases may differ without our knowing: quantities keep the element numbers of 004010 (330 in PO1, W01 and others), and
 * elements that 005010 added at the end of a segment are known only where they stand in `segments`.
 */
export const x12Release005010: TableTexts = changedTables(x12Release004010, {
  standard: 'x12',
  release: '005010',
  get sets() {
    return sets();
  },
  segments,
  elements,
  codes,
});
