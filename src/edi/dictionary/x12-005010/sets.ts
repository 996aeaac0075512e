import { type OrderRelease, orderSets } from '../x12-004010/sets-orders.ts';
import { billingSets } from './sets-billing.ts';
import { transportSets } from './sets-transport.ts';
import { warehouseSets } from './sets-warehouse.ts';

/** 005010: free text is MTX, and lead times of an order are a loop. */
const ORDERS_005010: OrderRelease = {
  text: () => 'MTX O >1',
  noteAttachments: ['PWK O >1', 'EFI O >1'],
  personNames: ['IN2 O >1'],
  leadTimes: [],
  leadTimeLoop: ['loop LDT O >1\n  QTY O >1\n  MTX O >1\n  REF O >1'],
  routes: '>1',
  sublineMeasurements: ['MEA O >1'],
  amountReferences: '>1',
  changedScheduleReferences: ['REF O >1'],
};

const acknowledgmentSets = `
999 FA
  ST M 1
  AK1 M 1
  loop AK2 O >1
    loop IK3 O >1
      CTX O 10
      loop IK4 O >1
        CTX O 10
    IK5 M 1
  AK9 M 1
  SE M 1
`;

/** Sets that 005010 has otherwise than 004010, or newly; in the notation of parse-tables.ts. */
export function sets(): string {
  return [transportSets, warehouseSets, orderSets(ORDERS_005010), billingSets, acknowledgmentSets].join('\n');
}
