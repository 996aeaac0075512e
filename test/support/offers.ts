import { createHash } from 'node:crypto';
import type { Random } from '../../src/util/random.ts';
import { gs, st } from '../edi/support/x12.ts';
import {
  adviceSegments,
  fromCarrier,
  fromWarehouse,
  shipNotices,
  shippingAdvice,
  shippingOrder,
  status,
} from './warehouse.ts';

/** A file that a partner offers, and what must come of it: the witness against which a ledger is compared. */
export interface Offer {
  readonly partner: 'warehouse' | 'carrier';
  readonly name: string;
  readonly content: string;
  readonly sha256: string;
  readonly state: 'processed' | 'rejected' | 'quarantined';
  readonly documents: number;
  readonly events: number;
}

type Made = Omit<Offer, 'name' | 'sha256'>;

const processed = { state: 'processed', documents: 1, events: 1 } as const;

/** Each kind of good file, by how many events it becomes. */
const GOOD: readonly [(number: number) => Made, ...((number: number) => Made)[]] = [
  (number) => ({ ...processed, partner: 'warehouse', content: fromWarehouse(number, shippingAdvice(number)) }),
  (number) => ({ ...processed, partner: 'warehouse', content: fromWarehouse(number, shippingOrder(number)) }),
  (number) => ({ ...processed, partner: 'carrier', content: fromCarrier(number, status(number)), events: 2 }),
  (number) => {
    const notices = shipNotices(number * 10, number * 10 + 1, number * 10 + 2);
    return { ...processed, partner: 'warehouse', content: fromWarehouse(number, notices), documents: 3, events: 3 };
  },
];

const BAD: readonly [(number: number) => Made, ...((number: number) => Made)[]] = [
  (number) => ({
    partner: 'warehouse',
    content: fromWarehouse(number, shippingAdvice(number)).slice(0, -30),
    state: 'rejected',
    documents: 1,
    events: 0,
  }),
  (number) => ({
    partner: 'warehouse',
    content: fromWarehouse(number, gs('SW', st({ type: '945', count: 99 }, ...adviceSegments(number)))),
    state: 'rejected',
    documents: 1,
    events: 0,
  }),
  (number) => ({
    partner: 'carrier',
    content: fromCarrier(number, status(number), { sender: 'STRANGER' }),
    state: 'quarantined',
    documents: 1,
    events: 0,
  }),
  (number) => ({ partner: 'carrier', content: `no EDI, ${number}`, state: 'rejected', documents: 0, events: 0 }),
];

/** So many files with control numbers of their own, three of a hundred of them bad. */
export function createOffers(count: number, random: Random): readonly Offer[] {
  return Array.from({ length: count }, (_, index) => {
    const make = random.below(100) < 3 ? random.pick(BAD) : random.pick(GOOD);
    const offer = make(index + 1);
    return { ...offer, name: `${index + 1}.edi`, sha256: createHash('sha256').update(offer.content).digest('hex') };
  });
}
