import { changedTables } from '../changed-tables.ts';
import { elementTables, messageTables } from '../edifact/notation.ts';
import { edifactReleaseD96A } from '../edifact-d96a/index.ts';
import type { TableTexts } from '../parse-tables.ts';
import { elements } from './elements.ts';
import { orderMessages } from './messages-orders.ts';
import { transportMessages } from './messages-transport.ts';
import { warehouseMessages } from './messages-warehouse.ts';
import { segments } from './segments.ts';

/** Facts of UN/EDIFACT D.01B: its messages, and what else it has otherwise than D.96A. Written like those of D.96A. */
export const edifactReleaseD01B: TableTexts = changedTables(edifactReleaseD96A, {
  standard: 'edifact',
  release: 'D01B',
  get sets() {
    return messageTables(warehouseMessages + transportMessages + orderMessages);
  },
  segments,
  get elements() {
    return elementTables(elements);
  },
  codes: '',
});
