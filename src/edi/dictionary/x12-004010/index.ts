import type { TableTexts } from '../parse-tables.ts';
import { codes } from './codes.ts';
import { elements } from './elements.ts';
import { segments } from './segments.ts';
import { acknowledgmentSets } from './sets-acknowledgment.ts';
import { billingSets } from './sets-billing.ts';
import { ORDERS_004010, orderSets } from './sets-orders.ts';
import { transportSets } from './sets-transport.ts';
import { warehouseSets } from './sets-warehouse.ts';

/**
 * Facts of X12 004010 in our own notation, written by hand from working knowledge and published partner guides, and compared
 * with what open-source projects say (test/edi/dictionary/x12-facts.test.ts).
 */
export const x12Release004010: TableTexts = {
  standard: 'x12',
  release: '004010',
  get sets() {
    return [transportSets, warehouseSets, orderSets(ORDERS_004010), billingSets, acknowledgmentSets].join('');
  },
  segments,
  elements,
  codes,
};
